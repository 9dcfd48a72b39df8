package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost user change}. */
@Command(
        name = "change",
        description = {"Change what a user may do, or whether they may sign in.", ""},
        mixinStandardHelpOptions = true)
final class UserChangeCommand extends ApiCommand {
    @Parameters(paramLabel = "NAME", description = "The user.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE[:GROUP][@TENANT]",
            description =
                    "What the user may do from now on, instead of what it was. May be given several"
                            + " times.")
    private @Nullable List<String> roles;

    @ArgGroup private @Nullable State state;

    private static final class State {
        @Option(names = "--enable", description = "Let the user sign in.")
        private boolean enable;

        @Option(names = "--disable", description = "Let the user not sign in; tokens are void.")
        private boolean disable;

        // Exactly one of the two is given: picocli sees to that.
        boolean wanted() {
            return enable && !disable;
        }
    }

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Map<String, Object> change = new LinkedHashMap<>();
        if (roles != null) {
            change.put("grants", GrantText.parse(roles));
        }
        if (state != null) {
            change.put("enabled", state.wanted());
        }
        if (change.isEmpty()) {
            throw new CommandFailedException("give --role, --enable or --disable");
        }
        JsonNode changed = client.patch(ApiClient.path("users", name), change);
        if (json()) {
            print(changed);
        } else {
            UserView user = client.read(changed, UserView.class);
            out().println(user.name() + ": " + user.state() + ", " + GrantText.of(user.grants()));
        }
    }
}
