package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** {@code outpost recording save}. */
@Command(
        name = "save",
        description = {
            "Copy a recording to a file, which asciinema and others play. That it was is in the"
                    + " audit trail.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost recording save k7wq2m9xta session.cast && asciinema play session.cast"
        },
        mixinStandardHelpOptions = true)
final class RecordingSaveCommand extends ApiCommand {
    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "Which one; see: outpost recording list")
    private String id = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "A new file.")
    private Path file = Path.of("");

    @Override
    void run(ApiClient client) throws CommandFailedException {
        try {
            RecordingFile.copy(client, id, file);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(
                    file + " is there already; name a new file, or remove it", e);
        } catch (IOException e) {
            throw new CommandFailedException("cannot write " + file + ": " + Reason.of(e), e);
        }
        out().println("The recording is in " + file + ". Play it with: asciinema play " + file);
    }
}
