package org.outpost.access.user;

import org.outpost.access.AccessException;
import org.outpost.access.AccessException.Reason;
import org.outpost.access.Names;

/**
 * What a password that people choose must be: long, not of special characters (NIST SP 800-63B
 * §3.1.1.2).
 */
final class PasswordRules {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 256;
    private static final int FEWEST_DIFFERENT = 5;

    private PasswordRules() {}

    static void check(String user, String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw bad("has " + SHORTEST + " to " + LONGEST + " characters");
        }
        if (password.chars().distinct().count() < FEWEST_DIFFERENT) {
            throw bad("has at least " + FEWEST_DIFFERENT + " different characters");
        }
        if (Names.key(password).contains(Names.key(user)) && user.length() > 2) {
            throw bad("does not contain the name of its user");
        }
    }

    private static AccessException bad(String rule) {
        return new AccessException(Reason.INVALID, "A password " + rule + "; several words do.");
    }
}
