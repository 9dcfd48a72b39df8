package org.outpost.simulator.machine;

/** Hears what the PC does, on its event loop; must not block. Does nothing unless overridden. */
public interface MachineListener {
    /** The power is another one now. */
    default void powerChanged(Power before, Power after) {}

    /** The operating system does something else now. */
    default void osChanged(OperatingSystem before, OperatingSystem after) {}

    /** The firmware of the PC starts its self-test; the plan is used up. */
    default void postStarted(BootPlan plan) {}

    /**
     * The self-test got somewhere.
     *
     * @param code firmware progress code (events.md §2)
     */
    default void postProgress(int code) {}

    /** Boots now from the plan's source. */
    default void booting(BootPlan plan) {}

    /** Nothing was found there that can be booted. */
    default void noBootableMedia(BootPlan plan) {}

    /** The operating system has not fed the watchdog for its time. */
    default void watchdogExpired() {}
}
