package org.outpost.apf.codec;

/**
 * A decoder and an encoder of one connection. They belong together: how long a REQUEST_SUCCESS is
 * depends on what was sent.
 */
public final class ApfCodec {
    private final ApfDecoder decoder;
    private final ApfEncoder encoder;

    /**
     * Makes the codec of a new connection.
     *
     * @param limits the lengths it accepts
     * @param gate the messages it accepts at first
     */
    public ApfCodec(ApfLimits limits, MessageGate gate) {
        OutstandingRequests outstanding = new OutstandingRequests();
        this.decoder = new ApfDecoder(limits, outstanding, gate);
        this.encoder = new ApfEncoder(outstanding);
    }

    /** Bytes to messages. */
    public ApfDecoder decoder() {
        return decoder;
    }

    /** Messages to bytes. */
    public ApfEncoder encoder() {
        return encoder;
    }
}
