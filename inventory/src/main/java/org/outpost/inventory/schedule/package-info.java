/** Jobs that start by the clock. */
@NullMarked
package org.outpost.inventory.schedule;

import org.jspecify.annotations.NullMarked;
