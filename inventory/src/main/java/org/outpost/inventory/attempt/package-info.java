/** The ledger of attempts: what became of connections to the tunnel door, by address and device. */
@NullMarked
package org.outpost.inventory.attempt;

import org.jspecify.annotations.NullMarked;
