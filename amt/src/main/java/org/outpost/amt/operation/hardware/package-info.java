/** Hardware inventory, as of the last boot. */
@NullMarked
package org.outpost.amt.operation.hardware;

import org.jspecify.annotations.NullMarked;
