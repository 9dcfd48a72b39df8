/** The alarm clock. */
@NullMarked
package org.outpost.amt.operation.alarm;

import org.jspecify.annotations.NullMarked;
