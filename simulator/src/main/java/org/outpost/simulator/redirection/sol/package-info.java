/** Serial over LAN: the wire, and the serial console behind it (redirection.md §2). */
@NullMarked
package org.outpost.simulator.redirection.sol;

import org.jspecify.annotations.NullMarked;
