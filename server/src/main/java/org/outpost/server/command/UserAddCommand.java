package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost user add}. */
@Command(
        name = "add",
        description = {
            "Make somebody who may sign in. The first password is asked for; the user ought to"
                    + " change it.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost user add iris --role helpdesk",
            "  outpost user add ann --tenant acme --role administrator",
            "  outpost user add backup --no-password --role viewer@*",
        },
        mixinStandardHelpOptions = true)
final class UserAddCommand extends ApiCommand {
    @Parameters(paramLabel = "NAME", description = "How the user is called.")
    private String name = "";

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "Whose user. Default: the provider's.")
    private @Nullable String tenant;

    @Option(
            names = "--role",
            paramLabel = "ROLE[:GROUP][@TENANT]",
            description =
                    "What the user may do, for which devices. May be given several times. See:"
                            + " docs/access.md.")
    private List<String> roles = List.of();

    @Option(
            names = "--no-password",
            description = "The user signs in by a directory, or by tokens alone.")
    private boolean noPassword;

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("name", name);
        if (tenant != null) {
            wanted.put("tenant", tenant);
        }
        wanted.put("grants", GrantText.parse(roles));
        if (!noPassword) {
            wanted.put(
                    "password",
                    new PasswordPrompt(System.in).twice("First password of " + name + ": "));
        }
        JsonNode made = client.post(ApiClient.path("users"), wanted);
        if (json()) {
            print(made);
        } else {
            out().println(name + " may sign in.");
        }
    }
}
