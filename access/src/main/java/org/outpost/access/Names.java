package org.outpost.access;

import org.outpost.access.AccessException.Reason;

import java.util.Locale;
import java.util.regex.Pattern;

/** What names may look like. */
public final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern USER = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,127}");
    private static final int LONGEST_TEXT = 200;

    private Names() {}

    /**
     * Checks the name of a tenant, role or group.
     *
     * @param what what it names, for the message
     * @throws AccessException when it is none
     */
    public static String checked(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new AccessException(
                    Reason.INVALID,
                    "The name of a "
                            + what
                            + " has 1 to 63 lower case letters, digits and dashes, and begins and"
                            + " ends with a letter or digit.");
        }
        return name;
    }

    /** Whether this can be the name of a user. */
    public static boolean isUser(String name) {
        return USER.matcher(name).matches();
    }

    /**
     * Checks the name of a user.
     *
     * @throws AccessException when it is none
     */
    public static String user(String name) {
        if (!USER.matcher(name).matches()) {
            throw new AccessException(
                    Reason.INVALID,
                    "The name of a user has 1 to 128 letters, digits and . _ @ + -, and begins"
                            + " with a letter or digit.");
        }
        return name;
    }

    /** As names of users are compared: without regard to case. */
    public static String key(String user) {
        return user.toLowerCase(Locale.ROOT);
    }

    /**
     * Checks a line of text for people.
     *
     * @param field what it is called in the API
     * @throws AccessException when it is too long or has more than a line
     */
    public static String line(String field, String text) {
        String stripped = text.strip();
        if (stripped.length() > LONGEST_TEXT
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new AccessException(
                    Reason.INVALID,
                    "\""
                            + field
                            + "\" must be at most "
                            + LONGEST_TEXT
                            + " characters in one line.");
        }
        return stripped;
    }
}
