/** Tests. */
@NullMarked
package org.outpost.simulator.fault;

import org.jspecify.annotations.NullMarked;
