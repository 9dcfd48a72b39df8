package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/** {@code outpost device credential revoke}. */
@Command(
        name = "revoke",
        description = {
            "Take credentials back. The next sign-in with one is refused; a tunnel that is open"
                    + " stays, until it is ended with: outpost tunnel reset.",
            ""
        },
        mixinStandardHelpOptions = true)
final class DeviceCredentialRevokeCommand extends ApiCommand {
    private static final int NOT_FOUND = 404;

    @Parameters(
            paramLabel = "USER|ID",
            arity = "1..*",
            description = "Which (see: device credential list).")
    private List<String> which = new ArrayList<>();

    @Override
    void run(ApiClient client) throws CommandFailedException {
        ObjectNode document = new JsonMapper().createObjectNode();
        ArrayNode revoked = document.putArray("data");
        List<String> failures = new ArrayList<>();
        for (String one : which) {
            try {
                client.delete(ApiClient.path("device-credentials", one));
                revoked.add(one);
                if (!json()) {
                    out().println("Credential " + TerminalText.visible(one) + " revoked.");
                }
            } catch (ApiProblemException e) {
                failures.add(e.status() == NOT_FOUND ? unknown(one) : e.getMessage());
            }
        }
        if (json()) {
            print(document);
        }
        if (!failures.isEmpty()) {
            throw new CommandFailedException(String.join(System.lineSeparator(), failures));
        }
    }

    private static String unknown(String one) {
        return "no credential has the id or user name '"
                + TerminalText.visible(one)
                + "'; see which there are with: outpost device credential list";
    }
}
