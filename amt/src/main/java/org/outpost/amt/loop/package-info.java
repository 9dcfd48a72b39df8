/** Where the work of a device runs, and its time. */
@NullMarked
package org.outpost.amt.loop;

import org.jspecify.annotations.NullMarked;
