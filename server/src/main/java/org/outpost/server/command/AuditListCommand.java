package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost audit list}. */
@Command(
        name = "list",
        description = {"Show who did what, the newest first.", ""},
        mixinStandardHelpOptions = true)
final class AuditListCommand extends ApiCommand {
    @Option(names = "--user", paramLabel = "NAME", description = "Only by this user.")
    private @Nullable String user;

    @Option(names = "--device", paramLabel = "GUID", description = "Only about this device.")
    private @Nullable String device;

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            description = "Only this action, such as add-user.")
    private @Nullable String action;

    @Option(
            names = "--result",
            paramLabel = "RESULT",
            description = "Only with this result: done, denied, failed or allowed.")
    private @Nullable String result;

    @Option(names = "--text", paramLabel = "TEXT", description = "Only what contains this text.")
    private @Nullable String text;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Not before this time, such as 2026-01-31T00:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before this time.")
    private @Nullable String to;

    @Option(names = "--before", paramLabel = "N", description = "Only older than this entry.")
    private @Nullable String before;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many, at most 1000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    private record Entry(
            long sequence,
            Instant time,
            String user,
            String address,
            String action,
            @Nullable String device,
            String target,
            String reason,
            String ticket,
            String result,
            String status) {
        String about() {
            return (device == null ? "" : device + " ") + target;
        }

        String why() {
            return (ticket + " " + reason).strip();
        }
    }

    private record Part(List<Entry> data, @Nullable Long next) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "user", user);
        put(query, "device", device);
        put(query, "action", action);
        put(query, "result", result);
        put(query, "text", text);
        put(query, "from", from);
        put(query, "to", to);
        put(query, "before", before);
        query.put("$top", Integer.toString(limit));
        JsonNode answer = client.get(ApiClient.path("audit"), query);
        if (json()) {
            print(answer);
            return;
        }
        Part part = client.read(answer, Part.class);
        if (part.data().isEmpty()) {
            out().println("Nothing of that kind was done.");
        } else {
            print(table(part.data()));
        }
        if (part.next() != null) {
            out().println("Older ones: --before " + part.next());
        }
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }

    private Table table(List<Entry> entries) {
        Table table =
                new Table(
                        Table.Column.whole("NO"),
                        Table.Column.whole("WHEN"),
                        Table.Column.text("WHO", 8),
                        Table.Column.whole("WHAT"),
                        Table.Column.whole("RESULT"),
                        Table.Column.text("ABOUT", 12),
                        Table.Column.text("WHY", 8));
        for (Entry entry : entries) {
            table.add(
                    Long.toString(entry.sequence()),
                    format().ago(entry.time()),
                    dash(entry.user()),
                    entry.action(),
                    entry.result() + (entry.status().isEmpty() ? "" : " (" + entry.status() + ")"),
                    dash(entry.about().strip()),
                    dash(entry.why()));
        }
        return table;
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
