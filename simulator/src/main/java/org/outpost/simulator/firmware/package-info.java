/** What the firmware of one device holds, and what it notes of what happens. */
@NullMarked
package org.outpost.simulator.firmware;

import org.jspecify.annotations.NullMarked;
