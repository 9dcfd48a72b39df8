package org.outpost.gateway.transport;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;

import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

import java.io.IOException;
import java.security.cert.CertificateException;

/** How the failure of a connection gets into the log. */
public final class PeerFailure {
    private PeerFailure() {}

    /**
     * The line's beginning: what a peer can cause is for those who look for it, the rest is our own
     * fault and shown with its stack.
     */
    public static LoggingEventBuilder log(Logger log, Throwable cause) {
        return cause instanceof IOException || cause instanceof DecoderException
                ? log.atDebug().addKeyValue("reason", reason(cause))
                : log.atWarn().setCause(cause);
    }

    /**
     * What happened, without anything that the peer sent: the message of a {@link
     * NotSslRecordException} is the whole first packet, passwords included.
     */
    public static String reason(Throwable cause) {
        Throwable root = cause;
        while (root instanceof DecoderException && root.getCause() != null) {
            root = root.getCause();
        }
        // Why a certificate is not good lies below.
        Throwable deepest = root;
        while (deepest.getCause() != null && !(deepest instanceof CertificateException)) {
            deepest = deepest.getCause();
        }
        if (root instanceof NotSslRecordException || deepest instanceof NotSslRecordException) {
            return "what came is not TLS";
        }
        String reason = words(root);
        return deepest == root ? reason : reason + " (" + words(deepest) + ")";
    }

    private static String words(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
