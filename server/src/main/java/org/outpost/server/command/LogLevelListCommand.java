package org.outpost.server.command;

import picocli.CommandLine.Command;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** {@code outpost log-level list}. */
@Command(
        name = "list",
        description = {"List the loggers that have a level of their own.", ""},
        mixinStandardHelpOptions = true)
final class LogLevelListCommand extends ApiCommand {
    private record Page(List<Level> data) {}

    private record Level(String logger, String level) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("log-levels"), Map.of());
        if (json()) {
            print(answer);
            return;
        }
        Table table = new Table(Table.Column.text("LOGGER", 20), Table.Column.whole("LEVEL"));
        List<Level> levels = client.read(answer, Page.class).data();
        if (levels.isEmpty()) {
            out().println("No logger has a level of its own.");
            return;
        }
        levels.forEach(level -> table.add(level.logger(), level.level()));
        print(table);
    }
}
