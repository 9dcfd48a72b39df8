package org.outpost.server.datadir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The lock of a folder. It ends with the process, however that ends. */
final class DirectoryLock implements AutoCloseable {
    static final String FILE = "outpost.lock";

    private static final int PID_DIGITS = 20;

    private final FileChannel channel;
    private final FileLock lock;

    private DirectoryLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    static DirectoryLock take(Path folder) throws DataDirectoryException {
        Path file = folder.resolve(FILE);
        try {
            FileChannel channel =
                    FileChannel.open(
                            file,
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE),
                            Visibility.PRIVATE.forFile(file));
            try {
                return take(folder, channel);
            } catch (IOException | DataDirectoryException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "cannot lock the data folder "
                            + folder
                            + " by its file "
                            + FILE
                            + ": "
                            + FileProblem.of(e),
                    e);
        }
    }

    private static DirectoryLock take(Path folder, FileChannel channel)
            throws IOException, DataDirectoryException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw inUse(folder, " in this very process");
        }
        if (lock == null) {
            throw inUse(folder, owner(channel));
        }
        // The file stays when the server ends, since removing it would let two have "the" lock; so
        // the number in it counts only while somebody holds the lock.
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(
                        (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)),
                0);
        return new DirectoryLock(channel, lock);
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PID_DIGITS);
        channel.read(bytes, 0);
        String text =
                new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return text.matches("[0-9]{1,19}") ? " (process " + text + ")" : "";
    }

    private static DataDirectoryException inUse(Path folder, String owner) {
        return new DataDirectoryException(
                "another server"
                        + owner
                        + " runs on the data folder "
                        + folder
                        + ": stop it, or give this one a data-dir of its own");
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(0);
            lock.release();
        }
    }
}
