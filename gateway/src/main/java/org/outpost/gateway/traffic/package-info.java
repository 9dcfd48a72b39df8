/** How much flows through connections that are open: bytes so far, and bytes per second. */
@NullMarked
package org.outpost.gateway.traffic;

import org.jspecify.annotations.NullMarked;
