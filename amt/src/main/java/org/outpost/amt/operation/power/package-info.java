/** Power state, capabilities and actions. */
@NullMarked
package org.outpost.amt.operation.power;

import org.jspecify.annotations.NullMarked;
