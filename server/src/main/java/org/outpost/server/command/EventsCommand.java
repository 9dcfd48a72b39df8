package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Map;

/** {@code outpost events}. */
@Command(
        name = "events",
        description = {
            "Print which devices came and went, oldest first; with --follow, as it happens, until"
                    + " Ctrl-C. With --json, one CloudEvent a line.",
            ""
        },
        mixinStandardHelpOptions = true)
final class EventsCommand extends ApiCommand {
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    private final JsonMapper mapper =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Option(names = "--follow", description = "Go on with what happens from now on.")
    private boolean follow;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "How many of the past, 0 to 1000. Default: 20, or 0 with --follow.")
    private int last = -1;

    private long place = -1;

    @Override
    void run(ApiClient client) throws CommandFailedException {
        int past = last < 0 ? (follow ? 0 : 20) : last;
        if (past > 1000) {
            throw new CommandFailedException("--last must be 0 to 1000");
        }
        if (past > 0) {
            JsonNode answer =
                    client.get(ApiClient.path("events"), Map.of("$top", Integer.toString(past)));
            answer.path("data").forEach(this::show);
            out().flush();
        }
        while (follow) {
            // The server may be restarted; what happened meanwhile comes first then.
            try {
                client.follow(ApiClient.path("events"), place, this::take);
            } catch (ApiProblemException e) {
                throw e;
            } catch (CommandFailedException e) {
                if (place < 0) {
                    throw e;
                }
            }
            Pause.of(AGAIN_AFTER);
        }
    }

    /** Takes a line of the stream. */
    private void take(String line) {
        try {
            if (line.startsWith("id: ")) {
                // Also before the first event: a stream that breaks goes on where it began.
                place = Long.parseLong(line.substring("id: ".length()));
            }
            if (!line.startsWith("data: ")) {
                return;
            }
            JsonNode event = mapper.readTree(line.substring("data: ".length()));
            if (event.has("missed")) {
                out().println(event.path("missed").asLong() + " events are not kept any more.");
            } else {
                show(event);
            }
            out().flush();
        } catch (JacksonException | NumberFormatException e) {
            out().println("an event that cannot be read");
        }
    }

    private void show(JsonNode event) {
        JsonNode data = event.path("data");
        if (json()) {
            out().println(mapper.writeValueAsString(event).replace("\u007f", "\\u007f"));
            return;
        }
        String type = event.path("type").asString("");
        String reason = data.path("reason").asString("");
        String name = data.path("name").asString("");
        out().println(
                        TerminalText.visible(
                                event.path("time").asString("")
                                        + "  "
                                        + type.substring(type.lastIndexOf('.') + 1)
                                        + "  "
                                        + (name.isEmpty() ? "-" : name)
                                        + "  "
                                        + event.path("subject").asString("")
                                        + (reason.isEmpty() ? "" : "  " + reason)));
    }
}
