package org.outpost.amt.operation.power;

/** The values of RequestPowerStateChange (wsman.md section 5). */
public enum PowerAction {
    POWER_ON(2),
    /** Sleep, S3; the operating system does it, through the LMS service. */
    SLEEP(4),
    /** Off without asking the operating system, then on. */
    POWER_CYCLE(5),
    /** Hibernate, S4; the operating system does it. */
    HIBERNATE(7),
    /** Off without asking the operating system. */
    POWER_OFF(8),
    RESET(10),
    /** A diagnostic interrupt (NMI); from AMT 6 on. */
    DIAGNOSTIC_INTERRUPT(11),
    /** Shut down; the operating system does it. */
    SOFT_OFF(12),
    /** Restart; the operating system does it. */
    SOFT_RESET(14);

    private final int value;

    PowerAction(int value) {
        this.value = value;
    }

    /** The number on the wire. */
    public int value() {
        return value;
    }

    /** Whether the operating system has to do it. */
    public boolean graceful() {
        return switch (this) {
            case SLEEP, HIBERNATE, SOFT_OFF, SOFT_RESET -> true;
            case POWER_ON, POWER_CYCLE, POWER_OFF, RESET, DIAGNOSTIC_INTERRUPT -> false;
        };
    }
}
