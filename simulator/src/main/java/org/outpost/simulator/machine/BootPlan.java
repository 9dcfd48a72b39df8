package org.outpost.simulator.machine;

/**
 * What the next boot does, and only that one (wsman.md §6).
 *
 * @param source from where
 * @param useSol whether the firmware's text goes to a serial-over-LAN session
 * @param pause whether the firmware waits for a key before it goes on
 * @param detail what the source needs to know more, such as an address; for the screen
 */
public record BootPlan(BootSource source, boolean useSol, boolean pause, String detail) {
    /** As the PC boots when nobody asked for anything. */
    public static final BootPlan NORMAL = new BootPlan(BootSource.DEFAULT, false, false, "");
}
