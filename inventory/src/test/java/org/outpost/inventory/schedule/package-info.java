/** Schedules against a database, with a clock that the test moves. */
@NullMarked
package org.outpost.inventory.schedule;

import org.jspecify.annotations.NullMarked;
