package org.outpost.server.datadir;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who may read a file or folder of ours. Without effect where the file system knows no modes. */
public enum Visibility {
    /** Its owner alone: mode 0600, a folder 0700. */
    PRIVATE("rw-------", "rwx------"),
    /** Everybody who gets into the folder: mode 0644, a folder 0755. */
    PUBLIC("rw-r--r--", "rwxr-xr-x");

    private static final Logger log = LoggerFactory.getLogger(Visibility.class);

    private final String file;
    private final String folder;

    Visibility(String file, String folder) {
        this.file = file;
        this.folder = folder;
    }

    /** How to create a file so; its mode is set from the first moment. */
    public FileAttribute<?>[] forFile(Path path) {
        return attributes(path, file);
    }

    /** How to create a folder so. */
    public FileAttribute<?>[] forFolder(Path path) {
        return attributes(path, folder);
    }

    /**
     * Warns when others than its owner may read or write a file that holds a secret.
     *
     * @param secret what it holds, such as "the CA's key"
     */
    public static void warnIfExposed(Path path, String secret) {
        if (!hasModes(path)) {
            return;
        }
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
            if (!PosixFilePermissions.fromString(PRIVATE.file).containsAll(mode)) {
                log.atWarn()
                        .addKeyValue("file", path)
                        .addKeyValue("mode", PosixFilePermissions.toString(mode))
                        .log("{} is open to others than its owner: chmod 600 {}", secret, path);
            }
        } catch (IOException unreadable) {
            // whoever reads the file says so
        }
    }

    static boolean hasModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path path, String mode) {
        return hasModes(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
                }
                : new FileAttribute<?>[0];
    }
}
