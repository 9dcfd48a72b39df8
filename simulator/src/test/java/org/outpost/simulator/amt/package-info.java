/** Tests. */
@NullMarked
package org.outpost.simulator.amt;

import org.jspecify.annotations.NullMarked;
