package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.Map;

/** {@code outpost user password}. */
@Command(
        name = "password",
        description = {"Set the password of a user. The user's sessions end; API tokens stay.", ""},
        mixinStandardHelpOptions = true)
final class UserPasswordCommand extends ApiCommand {
    @Parameters(paramLabel = "NAME", description = "The user.")
    private String name = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        String password = new PasswordPrompt(System.in).twice("New password of " + name + ": ");
        client.patch(ApiClient.path("users", name), Map.of("password", password));
        out().println("The password of " + name + " was set; sessions of " + name + " ended.");
    }
}
