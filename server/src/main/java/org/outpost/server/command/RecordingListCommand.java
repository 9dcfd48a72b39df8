package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost recording list}. */
@Command(
        name = "list",
        description = {"List the recordings of devices that you administer, the newest first.", ""},
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost recording list --user iris",
            "  outpost recording list --device 4c4c4544-005a-3510-8047-b4c04f564433"
        },
        mixinStandardHelpOptions = true)
final class RecordingListCommand extends ApiCommand {
    @Option(names = "--device", paramLabel = "GUID", description = "Only of this device.")
    private @Nullable String device;

    @Option(names = "--user", paramLabel = "NAME", description = "Only of this user.")
    private @Nullable String user;

    @Mixin private Paging paging = new Paging();

    private record Page(List<RecordingView> data, long totalCount) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Map<String, String> query = new LinkedHashMap<>();
        paging.into(query, spec());
        if (device != null) {
            query.put("guid", device);
        }
        if (user != null) {
            query.put("user", user);
        }
        JsonNode answer = client.get(ApiClient.path("recordings"), query);
        if (json()) {
            print(answer);
            return;
        }
        Page page = client.read(answer, Page.class);
        if (page.data().isEmpty()) {
            out().println("No recording.");
            return;
        }
        Table table =
                new Table(
                        Table.Column.whole("ID"),
                        Table.Column.whole("STARTED"),
                        Table.Column.whole("LENGTH"),
                        Table.Column.whole("STATE"),
                        Table.Column.text("DEVICE", 12),
                        Table.Column.text("USER", 8),
                        Table.Column.number("SIZE"));
        for (RecordingView recording : page.data()) {
            table.add(
                    TerminalText.visible(recording.id()),
                    format().ago(recording.started()),
                    recording.length(),
                    TerminalText.visible(recording.state()),
                    TerminalText.visible(recording.title()),
                    TerminalText.visible(recording.user()),
                    HumanFormat.bytes(recording.bytes()));
        }
        print(table);
        paging.footer(out(), "Recordings", page.data().size(), page.totalCount());
    }
}
