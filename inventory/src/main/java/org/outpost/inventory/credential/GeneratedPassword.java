package org.outpost.inventory.credential;

import java.security.SecureRandom;

/**
 * Names and passwords that every known firmware accepts (protocol/remote-access.md §3.3): names of
 * at most 16 letters and digits, passwords of 16 characters with upper and lower case, a digit and
 * a symbol. Letters that are easily confused are left out, since people type them into MEBx.
 */
public final class GeneratedPassword {
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijkmnopqrstuvwxyz";
    private static final String DIGITS = "23456789";
    private static final String SYMBOLS = "!$*-_+";
    private static final int PASSWORD_LENGTH = 16;
    private static final int NAME_LENGTH = 11;

    private final SecureRandom random = new SecureRandom();

    /** A password with more than 90 bits of chance. */
    public String password() {
        StringBuilder text = new StringBuilder();
        for (String kind : new String[] {UPPER, LOWER, DIGITS, SYMBOLS}) {
            text.append(any(kind));
        }
        String all = UPPER + LOWER + DIGITS + SYMBOLS;
        while (text.length() < PASSWORD_LENGTH) {
            text.append(any(all));
        }
        return text.toString();
    }

    /** A user name with some 55 bits of chance: it is not meant to be secret, only to be new. */
    public String userName() {
        StringBuilder text = new StringBuilder("d");
        while (text.length() <= NAME_LENGTH) {
            text.append(any(LOWER + DIGITS));
        }
        return text.toString();
    }

    private char any(String characters) {
        return characters.charAt(random.nextInt(characters.length()));
    }
}
