package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost tunnel list}. */
@Command(
        name = "list",
        description = {
            "List the tunnels that are open, with what went through them and how much flows now:"
                    + " bytes per second of the last five to ten seconds.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost tunnel list --busiest --top 20 --watch",
            "  outpost tunnel list --json",
        },
        mixinStandardHelpOptions = true)
final class TunnelListCommand extends ApiCommand {
    @Option(names = "--busiest", description = "Those through which the most flows now come first.")
    private boolean busiest;

    @Option(names = "--top", paramLabel = "N", description = "At most so many. Default: all.")
    private @Nullable Integer top;

    @Mixin private Watch watch = new Watch();

    private record Page(List<TunnelView> data, long totalCount) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        if (top != null && top < 1) {
            throw new ParameterException(spec().commandLine(), "--top must be 1 or more");
        }
        watch.run(spec(), json(), () -> show(client));
    }

    private void show(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("tunnels"), query());
        if (json()) {
            print(answer);
            return;
        }
        Page page = client.read(answer, Page.class);
        if (page.data().isEmpty()) {
            out().println("No tunnel is open.");
            return;
        }
        print(table(page.data()));
        if (page.totalCount() > page.data().size()) {
            out().printf("%d of %d tunnels.%n", page.data().size(), page.totalCount());
        }
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        if (busiest) {
            query.put("sort", "busiest");
        }
        if (top != null) {
            query.put("$top", String.valueOf(top));
        }
        return query;
    }

    private Table table(List<TunnelView> tunnels) {
        Table table =
                new Table(
                        Table.Column.number("ID"),
                        Table.Column.text("NAME", 12),
                        Table.Column.whole("SINCE"),
                        Table.Column.number("CHANNELS"),
                        Table.Column.number("FROM DEVICE"),
                        Table.Column.number("TO DEVICE"),
                        Table.Column.number("RATE FROM"),
                        Table.Column.number("RATE TO"),
                        Table.Column.whole("TLS"),
                        Table.Column.text("ADDRESS", 15),
                        Table.Column.whole("GUID"));
        HumanFormat format = format();
        for (TunnelView tunnel : tunnels) {
            table.add(
                    tunnel.id(),
                    tunnel.name(),
                    format.ago(tunnel.since()),
                    String.valueOf(tunnel.channels()),
                    HumanFormat.bytes(tunnel.bytesIn()),
                    HumanFormat.bytes(tunnel.bytesOut()),
                    HumanFormat.rate(tunnel.bytesInPerSecond()),
                    HumanFormat.rate(tunnel.bytesOutPerSecond()),
                    orDash(tunnel.protocol()),
                    orDash(tunnel.address()),
                    tunnel.guid());
        }
        return table;
    }

    private static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }
}
