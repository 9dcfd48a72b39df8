package org.outpost.amt.operation.version;

import java.util.List;
import java.util.OptionalInt;

/**
 * How far the device is set up (AMT_SetupAndConfigurationService, IPS_HostBasedSetupService).
 *
 * @param provisioningMode 1 admin control mode, 4 client control mode
 * @param provisioningState 0 pre, 1 in, 2 post
 * @param zeroTouch whether zero-touch configuration is enabled
 * @param controlMode 0 none, 1 client, 2 admin; empty where AMT does not tell
 * @param allowedControlModes the modes it may take
 */
public record SetupState(
        OptionalInt provisioningMode,
        OptionalInt provisioningState,
        boolean zeroTouch,
        OptionalInt controlMode,
        List<Integer> allowedControlModes) {
    /** Copies the list. */
    public SetupState {
        allowedControlModes = List.copyOf(allowedControlModes);
    }

    /** Whether the device is in client control mode, where consent is always required. */
    public boolean clientControlMode() {
        return controlMode.orElse(-1) == 1
                || (controlMode.isEmpty() && provisioningMode.orElse(-1) == 4);
    }
}
