package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost attempts list}. */
@Command(
        name = "list",
        description = {
            "List where devices, or others, tried to connect from, and what became of it; the"
                    + " newest first. For one device in words, with what to do: outpost why",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost attempts list --failed",
            "  outpost attempts list --address 203.0.113.0/24",
            "  outpost attempts list --device pc-0001.example.com --json",
        },
        mixinStandardHelpOptions = true)
final class AttemptsListCommand extends ApiCommand {
    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "Only from this address, or from a range such as 10.0.0.0/8.")
    private @Nullable String address;

    @Option(
            names = "--device",
            paramLabel = "NAME|GUID",
            description = "Only of this device, or of who claims to be it.")
    private @Nullable String device;

    @Option(
            names = "--user",
            paramLabel = "TEXT",
            description = "Only with a user name that contains this text.")
    private @Nullable String user;

    @Option(
            names = "--failed",
            description = "Only those whose last connection did not become a tunnel.")
    private boolean failed;

    @Mixin private final Paging paging = new Paging();

    private record Page(List<AttemptView> data, long totalCount) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("attempts"), query());
        if (json()) {
            print(answer);
            return;
        }
        Page page = client.read(answer, Page.class);
        if (page.data().isEmpty()) {
            out().println(
                            page.totalCount() > 0
                                    ? "There are only " + page.totalCount() + " to list."
                                    : "There was no such connection.");
            return;
        }
        print(table(page.data()));
        paging.footer(out(), "Addresses", page.data().size(), page.totalCount());
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        if (address != null) {
            query.put("address", address);
        }
        if (device != null) {
            query.put("device", device);
        }
        if (user != null) {
            query.put("user", user);
        }
        if (failed) {
            query.put("failed", "true");
        }
        paging.into(query, spec());
        return query;
    }

    private Table table(List<AttemptView> entries) {
        Table table =
                new Table(
                        Table.Column.whole("ADDRESS"),
                        Table.Column.whole("LAST"),
                        Table.Column.whole("REACHED"),
                        Table.Column.whole("OUTCOME"),
                        Table.Column.number("FAILED"),
                        Table.Column.number("TUNNELS"),
                        Table.Column.text("NAME", 12),
                        Table.Column.text("USER", 8),
                        Table.Column.whole("GUID"));
        HumanFormat format = format();
        for (AttemptView entry : entries) {
            table.add(
                    entry.source(),
                    format.ago(entry.last()),
                    orDash(entry.reached()),
                    entry.outcome(),
                    String.valueOf(entry.failures()),
                    String.valueOf(entry.tunnels()),
                    orDash(entry.hostname()),
                    orDash(entry.user()),
                    orDash(entry.guid()));
        }
        return table;
    }

    private static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }
}
