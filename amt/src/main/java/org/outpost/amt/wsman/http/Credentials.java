package org.outpost.amt.wsman.http;

import java.util.Optional;

/**
 * A user of the device, and the digest realm in whose name the device may ask for the password.
 *
 * @param user the digest user name; AMT allows 16 characters of printable ASCII
 * @param password the password
 * @param realm the realm on record; empty takes the first one seen
 */
public record Credentials(String user, String password, Optional<String> realm) {
    private static final int LONGEST = 64;

    /** Checks that the user name can be sent in a header. */
    public Credentials {
        if (user.isEmpty()
                || user.length() > LONGEST
                || !user.chars().allMatch(Credentials::fine)) {
            throw new IllegalArgumentException(
                    "a digest user name has 1 to 64 printable ASCII characters without : \" and"
                            + " \\");
        }
    }

    /**
     * Without a realm on record.
     *
     * @param user the digest user name
     * @param password the password
     */
    public Credentials(String user, String password) {
        this(user, password, Optional.empty());
    }

    private static boolean fine(int c) {
        return c > ' ' && c < 0x7F && c != ':' && c != '"' && c != '\\';
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
