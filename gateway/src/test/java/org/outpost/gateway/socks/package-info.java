/** Tests of the SOCKS door. */
@NullMarked
package org.outpost.gateway.socks;

import org.jspecify.annotations.NullMarked;
