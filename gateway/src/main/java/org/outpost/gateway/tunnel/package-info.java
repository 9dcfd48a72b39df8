/** Tunnels that devices open: the listener, the live ones, their life and end. */
@NullMarked
package org.outpost.gateway.tunnel;

import org.jspecify.annotations.NullMarked;
