/** Servers to call, when to call them, and where the enterprise network is. */
@NullMarked
package org.outpost.amt.operation.remoteaccess;

import org.jspecify.annotations.NullMarked;
