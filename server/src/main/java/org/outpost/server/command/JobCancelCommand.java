package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** {@code outpost job cancel}. */
@Command(
        name = "cancel",
        description = {
            "Ask no further device of a job. Those that were asked already end as they do.",
            ""
        },
        mixinStandardHelpOptions = true)
final class JobCancelCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Which one; see: outpost job list")
    private String id = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.post(ApiClient.path("jobs", id, "cancel"), Map.of());
        if (json()) {
            print(answer);
        } else {
            out().println("Job " + TerminalText.visible(id) + " is cancelled.");
        }
    }
}
