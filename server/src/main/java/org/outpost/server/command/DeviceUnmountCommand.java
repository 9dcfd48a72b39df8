package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code outpost device unmount}. */
@Command(
        name = "unmount",
        description = {"Take the server's images out of the drives of a device.", ""},
        mixinStandardHelpOptions = true)
final class DeviceUnmountCommand extends ApiCommand {
    @Parameters(paramLabel = "NAME|GUID", description = "Which device.")
    private String target = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        DeviceView device = client.read(DeviceLookup.find(client, target), DeviceView.class);
        client.delete(ApiClient.path("devices", device.guid(), "mount"));
        out().println("The drives of " + TerminalText.visible(device.name()) + " are empty.");
    }
}
