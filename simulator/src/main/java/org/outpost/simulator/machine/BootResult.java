package org.outpost.simulator.machine;

import java.util.List;

/** What came of a boot from a medium that a console serves. */
public sealed interface BootResult {
    /**
     * A boot loader was found and runs.
     *
     * @param screen what it shows
     */
    record Booted(List<String> screen) implements BootResult {
        public Booted {
            screen = List.copyOf(screen);
        }
    }

    /**
     * There is nothing that can be booted.
     *
     * @param reason for the screen
     */
    record NotBootable(String reason) implements BootResult {}
}
