package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code outpost audit export}. */
@Command(
        name = "export",
        description = {"Write the audit trail to a file that can be verified elsewhere.", ""},
        mixinStandardHelpOptions = true)
final class AuditExportCommand extends ApiCommand {
    @Parameters(paramLabel = "FILE", description = "A new file.")
    private Path file = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Not before this time, such as 2026-01-31T00:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before this time.")
    private @Nullable String to;

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Map<String, String> query = new LinkedHashMap<>();
        if (from != null) {
            query.put("from", from);
        }
        if (to != null) {
            query.put("to", to);
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            client.copy(ApiClient.path("audit", "export"), query, out);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(
                    file + " is there already; name a new file, or remove it", e);
        } catch (IOException e) {
            throw new CommandFailedException("cannot write " + file + ": " + Reason.of(e), e);
        }
        out().println(
                        "The audit trail is in "
                                + file
                                + ". Verify it with: outpost audit verify "
                                + file);
    }
}
