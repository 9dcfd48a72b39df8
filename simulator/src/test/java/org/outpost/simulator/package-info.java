/** Tests. */
@NullMarked
package org.outpost.simulator;

import org.jspecify.annotations.NullMarked;
