/** Who a simulated device is: everything about it that follows from seed and index. */
@NullMarked
package org.outpost.simulator.identity;

import org.jspecify.annotations.NullMarked;
