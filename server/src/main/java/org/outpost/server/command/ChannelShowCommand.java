package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** {@code outpost channel show}. */
@Command(
        name = "show",
        description = {"Show one channel to a device.", ""},
        mixinStandardHelpOptions = true)
final class ChannelShowCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Its number; see: outpost channel list")
    private String id = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("channels", id), Map.of());
        if (json()) {
            print(answer);
            return;
        }
        ChannelView channel = client.read(answer, ChannelView.class);
        Fields fields = new Fields();
        fields.add("Channel", channel.id());
        fields.add("Device", channel.name());
        fields.add("GUID", channel.guid());
        fields.add("Port", String.valueOf(channel.port()));
        fields.add("Route", channel.way());
        fields.add("Door", channel.door());
        fields.add("Means", channel.means());
        fields.add("User", channel.user());
        fields.add("Address", channel.address());
        fields.add("Since", format().moment(channel.since()));
        fields.add(
                "To device",
                HumanFormat.flow(channel.bytesToDevice(), channel.bytesToDevicePerSecond()));
        fields.add(
                "To console",
                HumanFormat.flow(channel.bytesToConsole(), channel.bytesToConsolePerSecond()));
        fields.print(out());
    }
}
