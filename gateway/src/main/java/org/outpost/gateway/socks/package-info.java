/** The SOCKS door: SOCKS 5 (RFC 1928, RFC 1929), SOCKS 4 and 4a. */
@NullMarked
package org.outpost.gateway.socks;

import org.jspecify.annotations.NullMarked;
