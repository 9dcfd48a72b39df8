/** Who calls the API, and whether they may. */
@NullMarked
package org.outpost.server.web.security;

import org.jspecify.annotations.NullMarked;
