package org.outpost.server.datadir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file that is there whole or not at all, whatever ends the process or the machine: the content
 * is written beside it and synced, then takes its name. For one writer at a time, which the lock of
 * the {@link DataDirectory} sees to.
 *
 * @param path the file
 * @param visibility its mode, from the moment it is created
 */
public record AtomicFile(Path path, Visibility visibility) {
    private static final String PENDING = ".new";

    /** The file beside it that holds content which was prepared and not yet committed. */
    public Path pending() {
        return path.resolveSibling(path.getFileName() + PENDING);
    }

    /** Replaces the content. */
    public void write(String content) throws IOException {
        prepare(content);
        commit();
    }

    /**
     * Writes and syncs the content beside the file, which stays as it is. Files that belong
     * together are all prepared before the first is committed.
     */
    public void prepare(String content) throws IOException {
        // A leftover of a crash may have another mode: it goes, so that the mode is set at
        // creation.
        Files.deleteIfExists(pending());
        try (FileChannel channel =
                FileChannel.open(
                        pending(),
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        visibility.forFile(path))) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Gives the prepared content its name. */
    public void commit() throws IOException {
        Files.move(pending(), path, StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    private void syncFolder() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Visibility.hasModes(path)) {
            // Only POSIX systems open a folder like a file.
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
