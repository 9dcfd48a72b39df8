/** Devices in the office: reached by their address, without a tunnel. */
@NullMarked
package org.outpost.gateway.lan;

import org.jspecify.annotations.NullMarked;
