package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** {@code outpost subscriber test}. */
@Command(
        name = "test",
        description = {
            "Send a subscriber one event, about a device test.invalid that does not exist, and say"
                    + " whether it was acknowledged.",
            ""
        },
        mixinStandardHelpOptions = true)
final class SubscriberTestCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Which one; see: outpost subscriber list")
    private String id = "";

    private record Outcome(boolean acknowledged, String reason) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.post(ApiClient.path("subscribers", id, "test"), Map.of());
        Outcome outcome = client.read(answer, Outcome.class);
        if (json()) {
            print(answer);
        }
        if (!outcome.acknowledged()) {
            throw new CommandFailedException(
                    "the subscriber did not acknowledge: "
                            + TerminalText.visible(outcome.reason()));
        }
        if (!json()) {
            out().println("The subscriber acknowledged.");
        }
    }
}
