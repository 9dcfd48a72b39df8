/** Bulk jobs: one thing done to many devices, each of which is accounted for. */
@NullMarked
package org.outpost.inventory.job;

import org.jspecify.annotations.NullMarked;
