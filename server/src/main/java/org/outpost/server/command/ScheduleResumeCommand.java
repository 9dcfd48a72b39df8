package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** {@code outpost schedule resume}. */
@Command(
        name = "resume",
        description = {"Let a schedule go on; what was due meanwhile is left out.", ""},
        mixinStandardHelpOptions = true)
final class ScheduleResumeCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Which one; see: outpost schedule list")
    private String id = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.post(ApiClient.path("schedules", id, "resume"), Map.of());
        if (json()) {
            print(answer);
        } else {
            out().println("Schedule " + TerminalText.visible(id) + " goes on.");
        }
    }
}
