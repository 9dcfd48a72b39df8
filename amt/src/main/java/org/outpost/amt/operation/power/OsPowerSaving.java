package org.outpost.amt.operation.power;

/** The power saving of a PC in modern standby (IPS_PowerManagementService; from AMT 10 on). */
public enum OsPowerSaving {
    UNKNOWN(0),
    UNSUPPORTED(1),
    FULL_POWER(2),
    SAVING(3);

    private final int value;

    OsPowerSaving(int value) {
        this.value = value;
    }

    /** The number on the wire. */
    public int value() {
        return value;
    }

    static OsPowerSaving of(int value) {
        return switch (value) {
            case 1 -> UNSUPPORTED;
            case 2 -> FULL_POWER;
            case 3 -> SAVING;
            default -> UNKNOWN;
        };
    }
}
