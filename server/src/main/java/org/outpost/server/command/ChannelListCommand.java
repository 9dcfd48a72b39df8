package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost channel list}. */
@Command(
        name = "list",
        description = {
            "List the channels to devices that are open: who talks to which device, through which"
                    + " door, and how much flows now (bytes per second of the last five to ten"
                    + " seconds).",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost channel list --device pc-0001",
            "  outpost channel list --door socks --watch",
        },
        mixinStandardHelpOptions = true)
final class ChannelListCommand extends ApiCommand {
    @Option(names = "--device", paramLabel = "NAME|GUID", description = "Only to this device.")
    private @Nullable String device;

    @Option(names = "--user", paramLabel = "NAME", description = "Only of this user.")
    private @Nullable String user;

    @Option(
            names = "--door",
            paramLabel = "DOOR",
            description =
                    "Only through this door: http-proxy, socks, web; or server, for what this"
                            + " server opened by itself.")
    private @Nullable String door;

    @Mixin private final Paging paging = new Paging();

    @Mixin private Watch watch = new Watch();

    private record Page(List<ChannelView> data, long totalCount) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Map<String, String> query = query(client);
        watch.run(spec(), json(), () -> show(client, query));
    }

    private Map<String, String> query(ApiClient client) throws CommandFailedException {
        Map<String, String> query = new LinkedHashMap<>();
        paging.into(query, spec());
        if (device != null) {
            query.put(
                    "guid",
                    client.read(DeviceLookup.find(client, device), DeviceView.class).guid());
        }
        if (user != null) {
            query.put("user", user);
        }
        if (door != null) {
            query.put("door", door);
        }
        return query;
    }

    private void show(ApiClient client, Map<String, String> query) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("channels"), query);
        if (json()) {
            print(answer);
            return;
        }
        Page page = client.read(answer, Page.class);
        if (page.data().isEmpty()) {
            out().println(
                            page.totalCount() > 0
                                    ? "There are only " + page.totalCount() + " to list."
                                    : "No such channel is open.");
            return;
        }
        print(table(page.data()));
        paging.footer(out(), "Channels", page.data().size(), page.totalCount());
    }

    private Table table(List<ChannelView> channels) {
        Table table =
                new Table(
                        Table.Column.number("ID"),
                        Table.Column.text("DEVICE", 12),
                        Table.Column.number("PORT"),
                        Table.Column.text("USER", 8),
                        Table.Column.whole("DOOR"),
                        Table.Column.whole("MEANS"),
                        Table.Column.whole("SINCE"),
                        Table.Column.number("TO DEVICE"),
                        Table.Column.number("TO CONSOLE"),
                        Table.Column.number("RATE TO"),
                        Table.Column.number("RATE FROM"),
                        Table.Column.text("ADDRESS", 15),
                        Table.Column.whole("ROUTE"));
        HumanFormat format = format();
        for (ChannelView channel : channels) {
            table.add(
                    channel.id(),
                    channel.name(),
                    String.valueOf(channel.port()),
                    orDash(channel.user()),
                    channel.door(),
                    channel.means(),
                    format.ago(channel.since()),
                    HumanFormat.bytes(channel.bytesToDevice()),
                    HumanFormat.bytes(channel.bytesToConsole()),
                    HumanFormat.rate(channel.bytesToDevicePerSecond()),
                    HumanFormat.rate(channel.bytesToConsolePerSecond()),
                    orDash(channel.address()),
                    channel.way());
        }
        return table;
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
