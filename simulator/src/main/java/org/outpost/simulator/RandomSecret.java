package org.outpost.simulator;

import java.security.SecureRandom;

/** Makes up credentials for one run. */
final class RandomSecret {
    private static final String LOWER = "abcdefghijkmnpqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String DIGITS = "23456789";
    private static final String LETTERS = LOWER + UPPER + DIGITS;
    private static final int LENGTH = 14;

    private final SecureRandom random = new SecureRandom();

    /** A user name of lower-case letters and digits, short enough for firmware. */
    String user() {
        return "sim" + take(LOWER + DIGITS, 8);
    }

    /** Letters and digits, as the password for a server may have (apf.md §1.4). */
    String plainPassword() {
        return take(LETTERS, 16);
    }

    /** One of each kind of character, as AMT wants of its passwords (wsman.md §1.1). */
    String strongPassword() {
        return take(LETTERS, LENGTH) + '-' + take(UPPER, 1) + take(LOWER, 1) + take(DIGITS, 1);
    }

    private String take(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
