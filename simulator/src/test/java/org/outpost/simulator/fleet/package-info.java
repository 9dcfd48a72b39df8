/** Tests. */
@NullMarked
package org.outpost.simulator.fleet;

import org.jspecify.annotations.NullMarked;
