package org.outpost.gateway.authentication;

import java.io.IOException;

/** A line of a password file that cannot be understood; its text is in no message. */
public final class PasswordFileException extends IOException {
    private static final long serialVersionUID = 1;

    private final int line;

    PasswordFileException(int line, String problem) {
        super("line " + line + ": " + problem);
        this.line = line;
    }

    /** The number of the line, from 1. */
    public int line() {
        return line;
    }
}
