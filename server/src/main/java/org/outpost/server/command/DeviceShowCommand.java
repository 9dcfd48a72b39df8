package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

/** {@code outpost device show}. */
@Command(
        name = "show",
        description = {"Show one device and its tunnel.", ""},
        mixinStandardHelpOptions = true)
final class DeviceShowCommand extends ApiCommand {
    @Parameters(
            paramLabel = "NAME|GUID",
            description = "The device's GUID, full name or, when only one has it, host name.")
    private String device = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = DeviceLookup.find(client, device);
        if (json()) {
            print(answer);
            return;
        }
        DeviceView view = client.read(answer, DeviceView.class);
        Fields fields = new Fields();
        addDevice(fields, view);
        JsonNode tunnel = view.tunnel();
        if (tunnel != null && tunnel.isObject()) {
            client.read(tunnel, TunnelView.class).describe(fields, format());
        }
        fields.print(out());
    }

    private void addDevice(Fields fields, DeviceView view) {
        HumanFormat format = format();
        fields.add("Name", view.name());
        fields.add("GUID", view.guid());
        if (view.announcedGuid() != null && !view.announcedGuid().equals(view.guid())) {
            fields.add(
                    "Announced",
                    view.announcedGuid() + " (many boards have that one; the GUID above is ours)");
        }
        fields.add("State", view.state());
        fields.add("Credential", view.credential());
        fields.add("Address", view.address());
        fields.add("First seen", format.moment(view.firstSeen()));
        fields.add("Last seen", format.moment(view.lastSeen()));
    }
}
