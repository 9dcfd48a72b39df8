package org.outpost.server.command;

import picocli.CommandLine.Command;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** {@code outpost image list}. */
@Command(
        name = "list",
        description = {"List the images that can be mounted on devices.", ""},
        mixinStandardHelpOptions = true)
final class ImageListCommand extends ApiCommand {
    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("images"), Map.of());
        if (json()) {
            print(answer);
            return;
        }
        Table table =
                new Table(
                        Table.Column.whole("NAME"),
                        Table.Column.number("SIZE"),
                        Table.Column.whole("CHANGED"),
                        Table.Column.whole("FROM"));
        for (JsonNode image : answer.path("data")) {
            table.add(
                    TerminalText.visible(image.path("name").asString("")),
                    HumanFormat.bytes(image.path("size").asLong()),
                    TerminalText.visible(image.path("changed").asString("")),
                    image.path("uploaded").asBoolean() ? "upload" : "images.folder");
        }
        print(table);
    }
}
