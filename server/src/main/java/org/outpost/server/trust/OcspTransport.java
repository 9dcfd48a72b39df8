package org.outpost.server.trust;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletionStage;

/** Carries questions to responders by HTTP (RFC 6960, appendix A). */
interface OcspTransport {
    /**
     * Sends a request.
     *
     * @param responder where the request is made out to
     * @param address what to connect to, and nothing else
     * @return the answer's body, or an {@link OcspException}; within the transport's deadline
     */
    CompletionStage<byte[]> post(URI responder, InetSocketAddress address, byte[] request);
}
