/** The simulate command: a fleet of simulated AMT devices in a process of its own. */
@NullMarked
package org.outpost.simulator;

import org.jspecify.annotations.NullMarked;
