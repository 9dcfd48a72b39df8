package org.outpost.inventory.job;

/** A job was not taken; the message says why, in a sentence for people. */
public final class JobRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobRefusedException(String message) {
        super(message);
    }
}
