package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** {@code outpost schedule pause}. */
@Command(
        name = "pause",
        description = {"Let a schedule rest.", ""},
        mixinStandardHelpOptions = true)
final class SchedulePauseCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Which one; see: outpost schedule list")
    private String id = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.post(ApiClient.path("schedules", id, "pause"), Map.of());
        if (json()) {
            print(answer);
        } else {
            out().println("Schedule " + TerminalText.visible(id) + " rests.");
        }
    }
}
