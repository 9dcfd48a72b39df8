package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code outpost subscriber remove}. */
@Command(
        name = "remove",
        description = {
            "Tell a subscriber nothing any more. One of the configuration file is removed there.",
            ""
        },
        mixinStandardHelpOptions = true)
final class SubscriberRemoveCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Which one; see: outpost subscriber list")
    private String id = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        client.delete(ApiClient.path("subscribers", id));
        if (!json()) {
            out().println("Subscriber " + TerminalText.visible(id) + " is told nothing any more.");
        }
    }
}
