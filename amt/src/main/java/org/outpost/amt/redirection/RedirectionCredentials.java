package org.outpost.amt.redirection;

import java.nio.charset.StandardCharsets;

/**
 * Who signs in at the device.
 *
 * @param user AMT user with the redirection realm, at most 255 bytes of UTF-8
 * @param password its password, at most 255 bytes of UTF-8
 */
public record RedirectionCredentials(String user, String password) {
    private static final int LONGEST = 255;

    public RedirectionCredentials {
        if (user.isEmpty() || utf8(user) > LONGEST || utf8(password) > LONGEST) {
            throw new IllegalArgumentException(
                    "user name and password must have at most 255 bytes, the name at least one");
        }
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Names the user only. */
    @Override
    public String toString() {
        return "RedirectionCredentials[user=" + user + ", password=***]";
    }
}
