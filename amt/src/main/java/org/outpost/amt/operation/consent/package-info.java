/** The consent of the user at the device. */
@NullMarked
package org.outpost.amt.operation.consent;

import org.jspecify.annotations.NullMarked;
