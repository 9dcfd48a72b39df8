/** What happens to devices, recorded so that it can be told: the log of events and its writers. */
@NullMarked
package org.outpost.inventory.notification;

import org.jspecify.annotations.NullMarked;
