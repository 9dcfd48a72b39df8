package org.outpost.amt.operation.power;

import java.util.List;

/**
 * The power state, and which states may be asked for.
 *
 * @param state the present one
 * @param available the values of RequestPowerStateChange that the device offers now; empty when it
 *     does not tell
 */
public record PowerStatus(PowerState state, List<Integer> available) {
    /** Copies the list. */
    public PowerStatus {
        available = List.copyOf(available);
    }
}
