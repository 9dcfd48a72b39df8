/** Whose client certificates are good: authorities, revocation lists, responders. */
@NullMarked
package org.outpost.server.trust;

import org.jspecify.annotations.NullMarked;
