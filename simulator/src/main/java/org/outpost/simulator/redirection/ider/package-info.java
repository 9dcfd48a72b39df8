/** IDE-R and USB-R: the device as the host of a drive that a console serves (redirection.md §3). */
@NullMarked
package org.outpost.simulator.redirection.ider;

import org.jspecify.annotations.NullMarked;
