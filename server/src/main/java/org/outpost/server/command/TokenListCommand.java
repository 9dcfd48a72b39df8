package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code outpost token list}. */
@Command(
        name = "list",
        description = {"List the sessions and API tokens of a user.", ""},
        mixinStandardHelpOptions = true)
final class TokenListCommand extends ApiCommand {
    @Option(names = "--user", paramLabel = "NAME", required = true, description = "Whose tokens.")
    private String user = "";

    private record View(
            String id,
            String kind,
            String label,
            List<String> rights,
            Instant created,
            @Nullable Instant expires,
            @Nullable Instant lastUsed) {}

    private record Page(List<View> data) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("users", user, "tokens"), Map.of());
        if (json()) {
            print(answer);
            return;
        }
        List<View> tokens = client.read(answer, Page.class).data();
        if (tokens.isEmpty()) {
            out().println(user + " has no token and is not signed in.");
            return;
        }
        Table table =
                new Table(
                        Table.Column.whole("ID"),
                        Table.Column.whole("KIND"),
                        Table.Column.whole("CREATED"),
                        Table.Column.whole("EXPIRES"),
                        Table.Column.whole("LAST USED"),
                        Table.Column.text("RIGHTS", 8),
                        Table.Column.text("LABEL", 10));
        for (View token : tokens) {
            table.add(
                    token.id(),
                    token.kind(),
                    format().ago(token.created()),
                    token.expires() == null ? "never" : token.expires().toString(),
                    token.lastUsed() == null ? "-" : format().ago(token.lastUsed()),
                    token.rights().isEmpty() ? "all" : String.join(", ", token.rights()),
                    token.label().isEmpty() ? "-" : token.label());
        }
        print(table);
    }
}
