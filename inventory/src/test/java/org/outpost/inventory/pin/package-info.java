/** With which certificates AMT of the devices was seen. */
@NullMarked
package org.outpost.inventory.pin;

import org.jspecify.annotations.NullMarked;
