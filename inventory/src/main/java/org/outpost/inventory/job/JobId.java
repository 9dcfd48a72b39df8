package org.outpost.inventory.job;

import java.security.SecureRandom;

/** Makes ids that can be typed, and that nobody guesses. */
public final class JobId {
    /** Without letters that look like digits. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 10;

    private final SecureRandom random = new SecureRandom();

    /** Another one. */
    public String next() {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
