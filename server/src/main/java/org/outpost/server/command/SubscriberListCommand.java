package org.outpost.server.command;

import picocli.CommandLine.Command;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** {@code outpost subscriber list}. */
@Command(
        name = "list",
        description = {
            "List who is told which devices come and go, and how far each has come.",
            ""
        },
        mixinStandardHelpOptions = true)
final class SubscriberListCommand extends ApiCommand {
    private record Page(List<SubscriberView> data) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("subscribers"), Map.of());
        if (json()) {
            print(answer);
            return;
        }
        List<SubscriberView> subscribers = client.read(answer, Page.class).data();
        if (subscribers.isEmpty()) {
            out().println(
                            "Nobody is told. Add somebody with: outpost subscriber add URL, or to"
                                    + " notifications.subscribers in the configuration.");
            return;
        }
        print(table(subscribers));
        for (SubscriberView subscriber : subscribers) {
            if (!subscriber.reason().isEmpty()) {
                out().println(subscriber.id() + ": " + TerminalText.visible(subscriber.reason()));
            }
        }
    }

    private static Table table(List<SubscriberView> subscribers) {
        Table table =
                new Table(
                        Table.Column.whole("ID"),
                        Table.Column.whole("STATE"),
                        Table.Column.number("BEHIND"),
                        Table.Column.number("MISSED"),
                        Table.Column.whole("TYPE"),
                        Table.Column.whole("FROM"),
                        Table.Column.text("URL", 20));
        for (SubscriberView subscriber : subscribers) {
            table.add(
                    subscriber.id(),
                    subscriber.state(),
                    String.valueOf(subscriber.lag()),
                    String.valueOf(subscriber.missed()),
                    subscriber.type(),
                    subscriber.origin(),
                    subscriber.url());
        }
        return table;
    }
}
