/** Tests. */
@NullMarked
package org.outpost.simulator.machine;

import org.jspecify.annotations.NullMarked;
