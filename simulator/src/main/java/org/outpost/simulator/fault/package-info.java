/** What goes wrong inside a device on demand: its answers, not the way to it. */
@NullMarked
package org.outpost.simulator.fault;

import org.jspecify.annotations.NullMarked;
