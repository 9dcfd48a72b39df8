package org.outpost.server.recording;

import org.outpost.server.datadir.Visibility;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The files of recordings, for their owner alone: mode 0600 in a folder of mode 0700. All methods
 * block.
 */
final class RecordingFolder {
    private static final String ENDING = ".cast";
    private static final int PIECE = 1 << 16;

    private final Path folder;

    RecordingFolder(Path folder) {
        this.folder = folder;
    }

    private Path file(String id) {
        return folder.resolve(id + ENDING);
    }

    /** A new file; the folder is made when it is missing. */
    OutputStream create(String id) throws IOException {
        makeFolder();
        return Channels.newOutputStream(
                Files.newByteChannel(
                        file(id),
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        Visibility.PRIVATE.forFile(folder)));
    }

    private void makeFolder() throws IOException {
        Path absolute = folder.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(absolute, Visibility.PRIVATE.forFolder(absolute));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(absolute)) {
                throw e;
            }
        }
    }

    /** Its bytes; 0 when there is no file. */
    long size(String id) {
        try {
            return Files.size(file(id));
        } catch (IOException e) {
            return 0;
        }
    }

    /** When it was written to last; empty when there is no file. */
    Optional<Instant> changed(String id) {
        try {
            return Optional.of(Files.getLastModifiedTime(file(id)).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean exists(String id) {
        return Files.isRegularFile(file(id));
    }

    /** Removes the file, if there is one. */
    void remove(String id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    /**
     * Copies the lines that are whole by now: a recording that runs, or that was cut off, may end
     * within one.
     *
     * @throws NoSuchFileException when there is no file
     */
    void copy(String id, OutputStream to) throws IOException {
        try (FileChannel channel = FileChannel.open(file(id), StandardOpenOption.READ)) {
            long left = wholeLines(channel);
            InputStream in = Channels.newInputStream(channel.position(0));
            byte[] piece = new byte[PIECE];
            while (left > 0) {
                int count = in.read(piece, 0, (int) Math.min(PIECE, left));
                if (count < 0) {
                    return;
                }
                to.write(piece, 0, count);
                left -= count;
            }
        }
    }

    /** How many bytes there are up to the last end of a line. */
    private static long wholeLines(SeekableByteChannel channel) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (long end = channel.size(); end > 0; end -= piece.capacity()) {
            long from = Math.max(0, end - piece.capacity());
            piece.clear().limit((int) (end - from));
            channel.position(from);
            while (piece.hasRemaining() && channel.read(piece) >= 0) {
                // reads on
            }
            for (int i = piece.position() - 1; i >= 0; i--) {
                if (piece.get(i) == '\n') {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
