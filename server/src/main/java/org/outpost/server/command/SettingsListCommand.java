package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost settings list}. */
@Command(
        name = "list",
        description = {
            "List the settings that count, with where each comes from. Secrets are hidden.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost settings list tunnel.",
            "  outpost settings list --written",
        },
        mixinStandardHelpOptions = true)
final class SettingsListCommand extends ApiCommand {
    @Parameters(
            paramLabel = "BEGIN",
            arity = "0..1",
            description = "Only keys that begin so, such as tunnel.")
    private @Nullable String under;

    @Option(names = "--written", description = "Only those that somebody wrote: no defaults.")
    private boolean written;

    private record Page(List<SettingView> data) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("settings"), query());
        if (json()) {
            print(answer);
            return;
        }
        List<SettingView> settings = client.read(answer, Page.class).data();
        if (settings.isEmpty()) {
            out().println("There is no such setting.");
            return;
        }
        Table table =
                new Table(
                        Table.Column.text("KEY", 20),
                        Table.Column.text("VALUE", 16),
                        Table.Column.text("FROM", 12));
        settings.forEach(setting -> table.add(setting.path(), setting.text(), setting.origin()));
        print(table);
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        if (under != null) {
            query.put("under", under);
        }
        if (written) {
            query.put("written", "true");
        }
        return query;
    }
}
