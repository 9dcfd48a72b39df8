package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.json.JsonMapper;

import java.util.Locale;
import java.util.Map;

/** {@code outpost log-level set}. */
@Command(
        name = "set",
        description = {
            "Change the level of a logger and of all below it, at once and until the server stops.",
            ""
        },
        footerHeading = "%nExample:%n",
        footer = "  outpost log-level set org.outpost.gateway.tunnel debug",
        mixinStandardHelpOptions = true)
final class LogLevelSetCommand extends ApiCommand {
    @Parameters(
            index = "0",
            paramLabel = "LOGGER",
            description = "Name of a logger, such as org.outpost.gateway, or root.")
    private String logger = "";

    @Parameters(
            index = "1",
            paramLabel = "LEVEL",
            description = "One of: ${COMPLETION-CANDIDATES}.")
    private Level level = Level.info;

    /** What a logger may let through. Small letters, as they are typed. */
    @SuppressWarnings("MemberName")
    enum Level {
        trace,
        debug,
        info,
        warn,
        error,
        off
    }

    @Override
    void run(ApiClient client) throws CommandFailedException {
        String name = logger.toLowerCase(Locale.ROOT).equals("root") ? "root" : logger;
        client.put(ApiClient.path("log-levels", name), Map.of("level", level.name()));
        if (json()) {
            print(
                    new JsonMapper()
                            .createObjectNode()
                            .put("logger", name)
                            .put("level", level.name()));
        } else {
            out().println(TerminalText.visible(name) + " now logs at level " + level + ".");
        }
    }
}
