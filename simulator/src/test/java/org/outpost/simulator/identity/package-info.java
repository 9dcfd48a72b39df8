/** Tests. */
@NullMarked
package org.outpost.simulator.identity;

import org.jspecify.annotations.NullMarked;
