package org.outpost.simulator.wsman;

import java.util.function.BooleanSupplier;

/**
 * What a device may run out of.
 *
 * @param outOfContexts whether the next Enumerate finds no room
 */
public record EngineLimits(BooleanSupplier outOfContexts) {
    /** Nothing but what everyone uses up himself. */
    public static final EngineLimits USUAL = new EngineLimits(() -> false);
}
