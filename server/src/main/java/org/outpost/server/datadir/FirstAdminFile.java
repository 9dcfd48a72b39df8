package org.outpost.server.datadir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The file with the generated password of the first administrator: alone on its first line, so that
 * {@code head -1} gives it; mode 0600.
 */
public final class FirstAdminFile {
    /** Its name in the data folder. */
    public static final String NAME = "first-admin";

    /** The user whose password it is. */
    public static final String USER = "admin";

    // no I, l, O, 0, 1: it is read from one screen and typed into another
    private static final String LETTERS =
            "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20;

    private final Path file;

    /** Names the file in the data folder. */
    public FirstAdminFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    /**
     * Makes a password and writes it down, over whatever is there.
     *
     * @throws DataDirectoryException when it cannot be written
     */
    public String make() throws DataDirectoryException {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder(LENGTH);
        while (password.length() < LENGTH) {
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        try {
            new AtomicFile(file, Visibility.PRIVATE)
                    .write(
                            password
                                    + "\nThis is the first password of the user "
                                    + USER
                                    + ". Change it; this file goes away then.\n");
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "cannot write the first administrator's password to "
                            + file
                            + ": "
                            + FileProblem.of(e),
                    e);
        }
        return password.toString();
    }

    /** The password, while it was not changed; empty when there is none any more. */
    public Optional<String> password() {
        try {
            return Files.readAllLines(file).stream().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Takes the file away; its password is worth nothing any more. */
    public void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
