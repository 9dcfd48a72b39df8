/** How the server comes up and what is in its way. */
@NullMarked
package org.outpost.server.serve;

import org.jspecify.annotations.NullMarked;
