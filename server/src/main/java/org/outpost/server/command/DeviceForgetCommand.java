package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.json.JsonMapper;

/** {@code outpost device forget}. */
@Command(
        name = "forget",
        description = {
            "Forget a device and the credential that it is bound to, so that it may call in with"
                    + " another one. What calls in next under its UUID is bound anew.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device forget pc-0001.example.com",
            "  outpost device forget 4c4c4544-0046-4810-8031-b8c04f4d3332 --force",
        },
        mixinStandardHelpOptions = true)
final class DeviceForgetCommand extends ApiCommand {
    private static final int CONFLICT = 409;

    @Parameters(paramLabel = "NAME|GUID", description = "Which device.")
    private String target = "";

    @Option(
            names = "--force",
            description = "Also when it is connected: its tunnel is ended first.")
    private boolean force;

    @Override
    void run(ApiClient client) throws CommandFailedException {
        DeviceView device = client.read(DeviceLookup.find(client, target), DeviceView.class);
        if (device.connectionStatus() && !force) {
            throw connected();
        }
        try {
            String path = ApiClient.path("devices", device.guid());
            client.delete(force ? path + "?force=true" : path);
        } catch (ApiProblemException e) {
            // It may have called in since.
            throw e.status() == CONFLICT ? connected() : e;
        }
        if (json()) {
            print(new JsonMapper().createObjectNode().put("forgotten", device.guid()));
        } else {
            out().println(
                            "Forgotten: "
                                    + TerminalText.visible(device.name())
                                    + ", "
                                    + TerminalText.visible(device.guid())
                                    + ", which was bound to the credential "
                                    + TerminalText.visible(String.valueOf(device.credential()))
                                    + ".");
        }
    }

    private CommandFailedException connected() {
        return new CommandFailedException(
                "'"
                        + TerminalText.visible(target)
                        + "' is connected; to end its tunnel and forget it, add --force");
    }
}
