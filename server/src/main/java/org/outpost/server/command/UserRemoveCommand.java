package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code outpost user remove}. */
@Command(
        name = "remove",
        description = {"Remove a user, with all sessions and tokens.", ""},
        mixinStandardHelpOptions = true)
final class UserRemoveCommand extends ApiCommand {
    @Parameters(paramLabel = "NAME", description = "The user.")
    private String name = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        client.delete(ApiClient.path("users", name));
        out().println(name + " was removed.");
    }
}
