package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost token create}. */
@Command(
        name = "create",
        description = {"Make a token for a program. It is shown this once.", ""},
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost token create --user backup --label \"nightly inventory\" --right view",
            "  outpost token create --user iris --days 30 --json",
        },
        mixinStandardHelpOptions = true)
final class TokenCreateCommand extends ApiCommand {
    @Option(
            names = "--user",
            paramLabel = "NAME",
            required = true,
            description = "For whom the token stands.")
    private String user = "";

    @Option(names = "--label", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String label;

    @Option(
            names = "--right",
            paramLabel = "RIGHT",
            description =
                    "What it is good for, such as view, power or redirect, within what the user"
                            + " may do. May be given several times. Default: everything.")
    private List<String> rights = List.of();

    @Option(
            names = "--device",
            paramLabel = "GUID",
            description = "The only devices. May be given several times. Default: all.")
    private List<String> devices = List.of();

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "How long it is good, 1 to 3650 days. Default: until it is revoked.")
    private @Nullable Integer days;

    private record Made(String id, String token) {
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Map<String, Object> wanted = new LinkedHashMap<>();
        if (label != null) {
            wanted.put("label", label);
        }
        wanted.put("rights", rights);
        wanted.put("devices", devices);
        if (days != null) {
            wanted.put("expiresInDays", days);
        }
        JsonNode answer = client.post(ApiClient.path("users", user, "tokens"), wanted);
        if (json()) {
            print(answer);
            return;
        }
        out().println(client.read(answer, Made.class).token());
        out().println("It is not shown again. Send it as: Authorization: Bearer TOKEN");
    }
}
