/** Tests. */
@NullMarked
package org.outpost.simulator.stream;

import org.jspecify.annotations.NullMarked;
