package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost device list}. */
@Command(
        name = "list",
        description = {
            "List devices, those that are connected and those that called in before.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device list --search lab --connected",
            "  outpost device list --offline --json",
        },
        mixinStandardHelpOptions = true)
final class DeviceListCommand extends ApiCommand {
    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description = "Only devices whose name or GUID contains this text.")
    private @Nullable String search;

    @ArgGroup private @Nullable State state;

    @Mixin private final Paging paging = new Paging();

    private static final class State {
        @Option(names = "--connected", description = "Only devices that are connected.")
        private boolean connected;

        @Option(names = "--offline", description = "Only devices that are not connected.")
        private boolean offline;

        // Exactly one of the two is given: picocli sees to that.
        boolean wanted() {
            return connected && !offline;
        }
    }

    private record Page(List<DeviceView> data, long totalCount) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("devices"), query());
        if (json()) {
            print(answer);
            return;
        }
        Page page = client.read(answer, Page.class);
        if (page.data().isEmpty()) {
            out().println(nothing(page.totalCount()));
            return;
        }
        print(table(page.data()));
        paging.footer(out(), "Devices", page.data().size(), page.totalCount());
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        if (search != null) {
            query.put("search", search);
        }
        if (state != null) {
            query.put("connected", String.valueOf(state.wanted()));
        }
        paging.into(query, spec());
        query.put("$count", "true");
        return query;
    }

    private String nothing(long total) {
        if (total > 0) {
            return "There are only " + HumanFormat.count(total, "device") + " to list.";
        }
        return search == null && state == null
                ? "No device has called in yet."
                : "There is no such device.";
    }

    private Table table(List<DeviceView> devices) {
        Table table =
                new Table(
                        Table.Column.text("NAME", 12),
                        Table.Column.whole("STATE"),
                        Table.Column.whole("LAST SEEN"),
                        Table.Column.whole("GUID"),
                        Table.Column.text("ADDRESS", 15),
                        Table.Column.text("CREDENTIAL", 10));
        HumanFormat format = format();
        for (DeviceView device : devices) {
            table.add(
                    device.name(),
                    device.state(),
                    format.ago(device.lastSeen()),
                    device.guid(),
                    orDash(device.address()),
                    orDash(device.credential()));
        }
        return table;
    }

    private static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }
}
