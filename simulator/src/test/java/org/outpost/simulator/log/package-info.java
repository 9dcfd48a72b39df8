/** Tests. */
@NullMarked
package org.outpost.simulator.log;

import org.jspecify.annotations.NullMarked;
