package org.outpost.testkit.apf;

/** The bytes cannot be an APF message, whatever follows. */
final class MalformedApfException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedApfException(String message) {
        super(message);
    }
}
