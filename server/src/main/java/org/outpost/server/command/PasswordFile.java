package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A password in the first line of a file, as UTF-8; never an argument, which others could read. */
final class PasswordFile {
    private PasswordFile() {}

    /** What the file says; asks where there is none. */
    static String orAsk(@Nullable Path file, String question) throws CommandFailedException {
        return file == null ? new PasswordPrompt(System.in).once(question) : read(file);
    }

    private static String read(Path file) throws CommandFailedException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.findFirst()
                    .filter(line -> !line.isEmpty())
                    .orElseThrow(
                            () ->
                                    new CommandFailedException(
                                            "there is no password in the first line of " + file));
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailedException(
                    "the password in " + file + " cannot be read: " + Reason.of(e), e);
        }
    }
}
