package org.outpost.server.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The secret that opens the API, and where it comes from. */
public final class AccessToken {
    /** The file of a data folder that holds the token for commands on the same machine. */
    public static final String FILE = "cli.token";

    private final String value;
    private final String origin;

    private AccessToken(String value, String origin) {
        this.value = value;
        this.origin = origin;
    }

    /**
     * A token as given.
     *
     * @param origin where it was found, for messages: what follows "the token"
     * @throws CommandFailedException when it has characters that no header can carry
     */
    public static AccessToken of(String value, String origin) throws CommandFailedException {
        if (!value.matches("[!-~]{1,4096}")) {
            throw new CommandFailedException(
                    "the token " + origin + " is none: it is empty or has blanks or line ends");
        }
        return new AccessToken(value, origin);
    }

    /**
     * Reads it from the first line of a file.
     *
     * @throws CommandFailedException when that cannot be read, with who may
     */
    public static AccessToken read(Path file) throws CommandFailedException {
        try {
            return of(Files.readString(file).strip(), "in " + file);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(
                    "there is no token in "
                            + file
                            + "; a server writes it when it starts: start it with ./outpost serve,"
                            + " or give a token with --token-file",
                    e);
        } catch (AccessDeniedException e) {
            throw new CommandFailedException(
                    "may not read the token in "
                            + file
                            + owner(file)
                            + "; run this command as that user, or give a token of your own with"
                            + " --token-file",
                    e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "cannot read the token in " + file + ": " + Reason.of(e), e);
        }
    }

    private static String owner(Path file) {
        try {
            return ", which only its owner " + Files.getOwner(file).getName() + " can (mode 0600)";
        } catch (IOException | UnsupportedOperationException _) {
            return ", which only the server's own user can";
        }
    }

    /** Where it comes from, for messages. */
    String origin() {
        return origin;
    }

    /** The value of an Authorization header (RFC 6750 §2.1). */
    String header() {
        return "Bearer " + value;
    }

    @Override
    public String toString() {
        return "AccessToken[" + origin + "]";
    }
}
