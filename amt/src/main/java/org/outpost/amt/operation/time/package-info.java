/** The device's clock. */
@NullMarked
package org.outpost.amt.operation.time;

import org.jspecify.annotations.NullMarked;
