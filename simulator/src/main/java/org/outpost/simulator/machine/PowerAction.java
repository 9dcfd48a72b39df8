package org.outpost.simulator.machine;

import java.util.Arrays;
import java.util.Optional;

/**
 * What can be asked of the PC's power; numbers of {@code RequestPowerStateChange} (wsman.md §5).
 */
public enum PowerAction {
    /** Power on, or wake. */
    ON(2, false),
    /** Sleep (S3), done by the operating system. */
    SLEEP(4, true),
    /** Off and on again. */
    CYCLE(5, false),
    /** Hibernate (S4), done by the operating system. */
    HIBERNATE(7, true),
    /** Off, without asking the operating system. */
    OFF(8, false),
    /** Master bus reset. */
    RESET(10, false),
    /** Diagnostic interrupt (NMI). */
    INTERRUPT(11, false),
    /** Shut down by the operating system. */
    SHUT_DOWN(12, true),
    /** Restarted by the operating system. */
    RESTART(14, true);

    private final int cimValue;
    private final boolean graceful;

    PowerAction(int cimValue, boolean graceful) {
        this.cimValue = cimValue;
        this.graceful = graceful;
    }

    /** The action with that number; empty when AMT knows none. */
    public static Optional<PowerAction> of(int cimValue) {
        return Arrays.stream(values()).filter(action -> action.cimValue == cimValue).findFirst();
    }

    /** Number in {@code RequestPowerStateChange}. */
    public int cimValue() {
        return cimValue;
    }

    /** Whether the operating system has to do it, which must be running for that. */
    public boolean isGraceful() {
        return graceful;
    }
}
