package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** {@code outpost job retry}. */
@Command(
        name = "retry",
        description = {"Start a new job for the devices of one that did not do it.", ""},
        mixinStandardHelpOptions = true)
final class JobRetryCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Which one; see: outpost job list")
    private String id = "";

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description =
                    "Devices that ended so. May be given several times. Default: failed and"
                            + " offline.")
    private List<String> states = List.of("failed", "offline");

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer =
                client.post(ApiClient.path("jobs", id, "retry"), Map.of("states", states));
        if (json()) {
            print(answer);
        } else {
            out().println(
                            "Job "
                                    + TerminalText.visible(answer.path("id").asString(""))
                                    + " has begun, for "
                                    + HumanFormat.count(answer.path("devices").asLong(), "device")
                                    + ".");
        }
    }
}
