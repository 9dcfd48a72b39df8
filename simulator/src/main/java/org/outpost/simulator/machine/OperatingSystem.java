package org.outpost.simulator.machine;

/** What the host's operating system does. */
public enum OperatingSystem {
    /** None runs: off, in the firmware's set-up, or nothing was found to boot. */
    ABSENT,
    /** Its loader runs. */
    BOOTING,
    /** It runs and feeds the watchdog. */
    RUNNING,
    /** It runs no more, but the PC is on. */
    HUNG
}
