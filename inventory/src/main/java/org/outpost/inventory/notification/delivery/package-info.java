/** Telling subscribers what happened: who they are, in which form, how far each has come. */
@NullMarked
package org.outpost.inventory.notification.delivery;

import org.jspecify.annotations.NullMarked;
