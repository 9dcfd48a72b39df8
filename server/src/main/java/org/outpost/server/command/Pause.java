package org.outpost.server.command;

import java.time.Duration;

/** How a command waits between two questions to the server. */
final class Pause {
    private Pause() {}

    /**
     * Waits.
     *
     * @throws CommandFailedException when the command is interrupted
     */
    static void of(Duration length) throws CommandFailedException {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }
}
