package org.outpost.amt.operation.power;

import java.util.List;

/**
 * CIM_PowerManagementCapabilities.
 *
 * @param statesSupported the power states the system may be in
 * @param requestsSupported the values that may be asked for
 * @param changes the ways a change may be made, by CIM's numbers
 */
public record PowerCapabilities(
        List<Integer> statesSupported, List<Integer> requestsSupported, List<Integer> changes) {
    /** Copies the lists. */
    public PowerCapabilities {
        statesSupported = List.copyOf(statesSupported);
        requestsSupported = List.copyOf(requestsSupported);
        changes = List.copyOf(changes);
    }
}
