/** Tests. */
@NullMarked
package org.outpost.simulator.device;

import org.jspecify.annotations.NullMarked;
