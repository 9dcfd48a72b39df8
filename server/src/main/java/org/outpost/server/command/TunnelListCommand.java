package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** {@code outpost tunnel list}. */
@Command(
        name = "list",
        description = {"List the tunnels that are open.", ""},
        mixinStandardHelpOptions = true)
final class TunnelListCommand extends ApiCommand {
    private record Page(List<TunnelView> data) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("tunnels"), Map.of());
        if (json()) {
            print(answer);
            return;
        }
        List<TunnelView> tunnels = client.read(answer, Page.class).data();
        if (tunnels.isEmpty()) {
            out().println("No tunnel is open.");
            return;
        }
        print(table(tunnels));
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
