package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost device credential create}. */
@Command(
        name = "create",
        description = {
            "Generate user name and password for a device. The password is shown this once.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device credential create --device 4c4c4544-005a-3510-8047-b4c04f564433",
            "  outpost device credential create --count 50 --label \"Lab, November\" --json",
        },
        mixinStandardHelpOptions = true)
final class DeviceCredentialCreateCommand extends ApiCommand {
    @Option(
            names = "--device",
            paramLabel = "GUID",
            description = "The one device that may use it. Default: any.")
    private @Nullable String device;

    @Option(names = "--label", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String label;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many, at most 1000. Default: ${DEFAULT-VALUE}.")
    private int count;

    private record Made(List<CredentialView> data) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Map<String, Object> wanted = new LinkedHashMap<>();
        if (device != null) {
            wanted.put("device", device);
        }
        if (label != null) {
            wanted.put("label", label);
        }
        wanted.put("count", count);
        JsonNode answer = client.post(ApiClient.path("device-credentials"), wanted);
        if (json()) {
            print(answer);
            return;
        }
        Table table =
                new Table(
                        Table.Column.whole("USER"),
                        Table.Column.whole("PASSWORD"),
                        Table.Column.whole("DEVICE"),
                        Table.Column.text("LABEL", 10));
        for (CredentialView one : client.read(answer, Made.class).data()) {
            table.add(
                    one.user(),
                    CredentialView.orDash(one.password()),
                    CredentialView.orDash(one.device()),
                    CredentialView.orDash(one.label()));
        }
        print(table);
        out().println("The password is not shown again.");
    }
}
