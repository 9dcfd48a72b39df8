package org.outpost.server.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** A recording on this machine, for its owner alone: it may show secrets that were typed. */
final class RecordingFile {
    private RecordingFile() {}

    /**
     * Copies a recording to a new file.
     *
     * @throws IOException when the file is there already, or cannot be written
     * @throws CommandFailedException when the server does not give it
     */
    static void copy(ApiClient client, String id, Path file)
            throws IOException, CommandFailedException {
        try (OutputStream out =
                Channels.newOutputStream(
                        Files.newByteChannel(
                                file,
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                mode(file)))) {
            client.copy(ApiClient.path("recordings", id, "cast"), Map.of(), out);
        } catch (CommandFailedException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static FileAttribute<?>[] mode(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
