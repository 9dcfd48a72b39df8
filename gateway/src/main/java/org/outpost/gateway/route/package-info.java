/** Which device a name means, and the ways to reach it. */
@NullMarked
package org.outpost.gateway.route;

import org.jspecify.annotations.NullMarked;
