/** Tests. */
@NullMarked
package org.outpost.simulator.wsman;

import org.jspecify.annotations.NullMarked;
