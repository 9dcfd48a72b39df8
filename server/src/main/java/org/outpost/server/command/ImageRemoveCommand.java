package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code outpost image remove}. */
@Command(
        name = "remove",
        description = {
            "Remove an image that was sent to the server. A device that has it mounted goes on with"
                    + " it.",
            ""
        },
        mixinStandardHelpOptions = true)
final class ImageRemoveCommand extends ApiCommand {
    @Parameters(paramLabel = "NAME", description = "Which one; see: outpost image list")
    private String name = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        client.delete(ApiClient.path("images", name));
        out().println("Removed: " + TerminalText.visible(name) + ".");
    }
}
