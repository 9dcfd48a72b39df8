package org.outpost.amt.redirection.codec;

import io.netty.handler.codec.DecoderException;

/**
 * The peer sent what the protocol does not allow. Its text holds numbers only, nothing the peer
 * wrote.
 */
public final class RedirectionProtocolException extends DecoderException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, with the number seen and the one expected. */
    public RedirectionProtocolException(String message) {
        super(message);
    }
}
