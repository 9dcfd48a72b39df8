/** Many devices in one process: pacing, shared resources, counting, leaving. */
@NullMarked
package org.outpost.simulator.fleet;

import org.jspecify.annotations.NullMarked;
