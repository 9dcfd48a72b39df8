/** What the way to a device does to bytes: delay, narrowness, stalls and sudden death. */
@NullMarked
package org.outpost.simulator.impairment;

import org.jspecify.annotations.NullMarked;
