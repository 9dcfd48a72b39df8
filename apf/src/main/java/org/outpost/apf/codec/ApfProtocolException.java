package org.outpost.apf.codec;

/** The peer broke the protocol. The session cannot go on. */
public final class ApfProtocolException extends RuntimeException {
    private final ProtocolError error;

    /**
     * Makes an exception.
     *
     * @param detail one sentence with the values found and expected, never a secret
     */
    public ApfProtocolException(ProtocolError error, String detail) {
        super(detail, null, false, false);
        this.error = error;
    }

    /** What was wrong. */
    public ProtocolError error() {
        return error;
    }
}
