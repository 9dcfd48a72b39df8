package org.outpost.server.command;

import picocli.CommandLine.Command;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** {@code outpost user list}. */
@Command(
        name = "list",
        description = {"List those who may sign in.", ""},
        mixinStandardHelpOptions = true)
final class UserListCommand extends ApiCommand {
    private record Page(List<UserView> data) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("users"), Map.of());
        if (json()) {
            print(answer);
            return;
        }
        Table table =
                new Table(
                        Table.Column.text("NAME", 10),
                        Table.Column.text("TENANT", 6),
                        Table.Column.whole("STATE"),
                        Table.Column.whole("SIGNS IN BY"),
                        Table.Column.text("MAY", 12));
        for (UserView user : client.read(answer, Page.class).data()) {
            table.add(
                    user.name(),
                    user.tenant().isEmpty() ? "-" : user.tenant(),
                    user.state(),
                    user.signsInBy(),
                    GrantText.of(user.grants()));
        }
        print(table);
    }
}
