package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** {@code outpost tunnel show}. */
@Command(
        name = "show",
        description = {"Show one tunnel.", ""},
        mixinStandardHelpOptions = true)
final class TunnelShowCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Its number; see: outpost tunnel list")
    private String id = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("tunnels", id), Map.of());
        if (json()) {
            print(answer);
            return;
        }
        TunnelView tunnel = client.read(answer, TunnelView.class);
        Fields fields = new Fields();
        fields.add("Device", tunnel.name());
        fields.add("GUID", tunnel.guid());
        fields.add("Credential", tunnel.credential());
        fields.add("Address", tunnel.address());
        tunnel.describe(fields, format());
        fields.print(out());
    }
}
