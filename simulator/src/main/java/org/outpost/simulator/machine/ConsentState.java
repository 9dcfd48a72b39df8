package org.outpost.simulator.machine;

/** How far the consent is: {@code IPS_OptInService.OptInState} (wsman.md §8). */
public enum ConsentState {
    /** Nobody asked. */
    NOT_STARTED(0),
    /** Asked for, the code is not on the screen yet. */
    REQUESTED(1),
    /** The code is on the screen. */
    DISPLAYED(2),
    /** The right code came. */
    RECEIVED(3),
    /** A session that the consent was for is open. */
    IN_SESSION(4);

    private final int cimValue;

    ConsentState(int cimValue) {
        this.cimValue = cimValue;
    }

    /** Number in {@code OptInState}. */
    public int cimValue() {
        return cimValue;
    }

    /** Whether what needs consent may be done now. */
    public boolean isGranted() {
        return this == RECEIVED || this == IN_SESSION;
    }
}
