/** Tests. */
@NullMarked
package org.outpost.simulator.impairment;

import org.jspecify.annotations.NullMarked;
