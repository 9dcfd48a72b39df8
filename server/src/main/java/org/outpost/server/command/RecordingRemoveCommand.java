package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code outpost recording remove}. */
@Command(
        name = "remove",
        description = {"Remove a recording for good; that it was is in the audit trail.", ""},
        mixinStandardHelpOptions = true)
final class RecordingRemoveCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Which one; see: outpost recording list")
    private String id = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        client.delete(ApiClient.path("recordings", id));
        out().println("Removed: " + TerminalText.visible(id) + ".");
    }
}
