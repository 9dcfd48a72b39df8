/** Taking a device out of management. */
@NullMarked
package org.outpost.amt.operation.setup;

import org.jspecify.annotations.NullMarked;
