package org.outpost.access.secret;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A small text file for its owner alone (mode 0600), which is there whole or not at all whatever
 * ends the process or the machine: written beside it, synced, then renamed. For one writer at a
 * time.
 */
public final class PrivateFile {
    /** How long it may be, in bytes. */
    public static final int LONGEST = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(PrivateFile.class);
    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rw-------");

    private final Path path;
    private final String content;

    /**
     * Names it.
     *
     * @param content what it holds, such as "the keys of device passwords"
     */
    public PrivateFile(Path path, String content) {
        this.path = path;
        this.content = content;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * Reads it; warns when others may, too.
     *
     * @return empty when there is none
     * @throws KeyFileException when it cannot be read, is too long, or is no text
     */
    public Optional<String> read() throws KeyFileException {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            if (Files.size(path) > LONGEST) {
                throw new KeyFileException(
                        this + " is longer than " + LONGEST + " bytes: restore it from the backup");
            }
            warnIfExposed();
            return Optional.of(Files.readString(path));
        } catch (IOException e) {
            throw new KeyFileException(this + " cannot be read: " + problem(e), e);
        }
    }

    /**
     * Replaces the content; once it returns the content is on the disk.
     *
     * @throws KeyFileException when that does not succeed; then the file is as it was
     */
    public void write(String text) throws KeyFileException {
        Path pending = path.resolveSibling(path.getFileName() + ".new");
        try {
            // A leftover of a crash may have another mode: the mode is set at creation.
            Files.deleteIfExists(pending);
            try (FileChannel channel =
                    FileChannel.open(
                            pending,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            mode())) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(pending, path, StandardCopyOption.ATOMIC_MOVE);
            syncFolder();
        } catch (IOException e) {
            throw new KeyFileException(this + " cannot be written: " + problem(e), e);
        }
    }

    private void syncFolder() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !hasModes()) {
            // Only POSIX systems open a folder like a file.
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private boolean hasModes() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private FileAttribute<?>[] mode() {
        return hasModes()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
    }

    private void warnIfExposed() throws IOException {
        if (!hasModes()) {
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        if (!OWNER.containsAll(mode)) {
            log.atWarn()
                    .addKeyValue("file", path)
                    .addKeyValue("mode", PosixFilePermissions.toString(mode))
                    .log("others than its owner may use the file with {}: chmod 600 it", content);
        }
    }

    private static String problem(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "this user has no permission";
            case CharacterCodingException _ -> "it is no text; restore it from the backup";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** How messages call it. */
    @Override
    public String toString() {
        return "the file " + path + " with " + content;
    }
}
