package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code outpost token revoke}. */
@Command(
        name = "revoke",
        description = {"Revoke a session or an API token: it is void at once.", ""},
        mixinStandardHelpOptions = true)
final class TokenRevokeCommand extends ApiCommand {
    @Option(names = "--user", paramLabel = "NAME", required = true, description = "Whose token.")
    private String user = "";

    @Parameters(paramLabel = "ID", description = "The token, as the list shows it.")
    private String id = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        client.delete(ApiClient.path("users", user, "tokens", id));
        out().println("The token " + id + " was revoked.");
    }
}
