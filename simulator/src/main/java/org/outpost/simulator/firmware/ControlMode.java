package org.outpost.simulator.firmware;

/** Who owns the device (wsman.md §3). */
public enum ControlMode {
    /** Set up by software on the PC: the user must consent to whatever redirects (wsman.md §8). */
    CLIENT(1, 4),
    /** Set up by the organisation. */
    ADMIN(2, 1);

    private final int hostBasedValue;
    private final int provisioningMode;

    ControlMode(int hostBasedValue, int provisioningMode) {
        this.hostBasedValue = hostBasedValue;
        this.provisioningMode = provisioningMode;
    }

    /** Number in {@code IPS_HostBasedSetupService.CurrentControlMode}. */
    public int hostBasedValue() {
        return hostBasedValue;
    }

    /** Number in {@code AMT_SetupAndConfigurationService.ProvisioningMode}. */
    public int provisioningMode() {
        return provisioningMode;
    }
}
