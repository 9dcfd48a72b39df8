package org.outpost.server.demo;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user and a password, random and of letters, digits and a hyphen alone: they stand unquoted in a
 * password file, in a netrc file and in a file of options.
 *
 * @param user who signs in
 * @param password with what, about 140 random bits
 */
record DemoSecrets(String user, String password) {
    private static final String LETTERS =
            "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 24;
    private static final Pattern PASSWORD_LINE = Pattern.compile("([a-z]+):([A-Za-z0-9-]{24,64})");
    private static final Pattern NETRC =
            Pattern.compile("default login ([a-z]+) password ([A-Za-z0-9-]{24,64})");

    /**
     * New ones. As AMT asks for it, the password has capital and small letters, a digit and
     * something else.
     */
    static DemoSecrets random(String user) {
        RandomGenerator random = new SecureRandom();
        StringBuilder password = new StringBuilder("Aa-3");
        while (password.length() < LENGTH + 4) {
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return new DemoSecrets(user, password.toString());
    }

    /** Reads what {@link #passwordFile} wrote; new ones when it is something else. */
    static DemoSecrets ofPasswordFile(String text, String user) {
        return of(PASSWORD_LINE, text, user);
    }

    /** Reads what {@link #netrc} wrote; new ones when it is something else. */
    static DemoSecrets ofNetrc(String text, String user) {
        return of(NETRC, text, user);
    }

    private static DemoSecrets of(Pattern pattern, String text, String user) {
        Matcher matcher = pattern.matcher(text.strip());
        return matcher.matches() && matcher.group(1).equals(user)
                ? new DemoSecrets(user, matcher.group(2))
                : random(user);
    }

    /** A line of a password file. */
    String passwordFile() {
        return user + ":" + password + "\n";
    }

    /** A netrc file that holds for every host: what curl reads with {@code --netrc-file}. */
    String netrc() {
        return "default login " + user + " password " + password + "\n";
    }

    @Override
    public String toString() {
        return "DemoSecrets[" + user + "]";
    }
}
