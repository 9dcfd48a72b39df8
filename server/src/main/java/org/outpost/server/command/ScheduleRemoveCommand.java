package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code outpost schedule remove}. */
@Command(
        name = "remove",
        description = {"Take a schedule out. Jobs that it started go on.", ""},
        mixinStandardHelpOptions = true)
final class ScheduleRemoveCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Which one; see: outpost schedule list")
    private String id = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        client.delete(ApiClient.path("schedules", id));
        if (!json()) {
            out().println("Schedule " + TerminalText.visible(id) + " is removed.");
        }
    }
}
