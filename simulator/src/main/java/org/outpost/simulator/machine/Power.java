package org.outpost.simulator.machine;

import org.outpost.simulator.identity.PowerState;

/** What the platform draws (ACPI), with the numbers of CIM {@code PowerState} (wsman.md §5). */
public enum Power {
    /** S0. */
    ON(2, "On"),
    /** S3: memory is kept. */
    SLEEPING(4, "Standby"),
    /** S4: memory is on the disk. */
    HIBERNATED(7, "Hibernate"),
    /** S5. */
    SOFT_OFF(8, "Off"),
    /** The plug was pulled for a moment. */
    HARD_OFF(6, "Off");

    private final int cimValue;
    private final String label;

    Power(int cimValue, String label) {
        this.cimValue = cimValue;
        this.label = label;
    }

    /** The power of a device that nobody has touched yet. */
    public static Power of(PowerState state) {
        return switch (state) {
            case ON -> ON;
            case STANDBY -> SLEEPING;
            case OFF -> SOFT_OFF;
        };
    }

    /** Number in {@code CIM_AssociatedPowerManagementService.PowerState}. */
    public int cimValue() {
        return cimValue;
    }

    /** The word on the device's web page. */
    public String label() {
        return label;
    }

    /** Whether the processor runs. */
    public boolean isOn() {
        return this == ON;
    }
}
