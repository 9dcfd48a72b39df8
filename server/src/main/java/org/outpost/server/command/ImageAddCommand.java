package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;

/** {@code outpost image add}. */
@Command(
        name = "add",
        description = {
            "Send an image to the server, in the place of one of the same name, for everybody of"
                    + " your tenant.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost image add rescue.iso",
            "  outpost image add build.iso --as rescue.iso"
        },
        mixinStandardHelpOptions = true)
final class ImageAddCommand extends ApiCommand {
    @Parameters(paramLabel = "FILE", description = "The image.")
    private Path file = Path.of("");

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "What to call it. Default: as the file is called.")
    private @Nullable String name;

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Path called = file.getFileName();
        String target = name == null ? (called == null ? "" : called.toString()) : name;
        JsonNode stored = client.upload(ApiClient.path("images", target), file);
        if (json()) {
            print(stored);
        } else {
            out().println(
                            "The server has "
                                    + TerminalText.visible(stored.path("name").asString(""))
                                    + ", "
                                    + HumanFormat.bytes(stored.path("size").asLong())
                                    + ".");
        }
    }
}
