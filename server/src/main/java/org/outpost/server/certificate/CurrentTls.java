package org.outpost.server.certificate;

import io.netty.handler.ssl.SslContext;

import java.util.function.Supplier;

/**
 * The TLS context for the next connection. A listener asks at each one, so that a new certificate
 * takes effect without a restart; connections that are open keep the one they began with.
 */
public final class CurrentTls implements Supplier<SslContext> {
    private final Source source;
    private volatile SslContext context;

    /** Makes a context from what is on disk and in the configuration at that moment. */
    @FunctionalInterface
    public interface Source {
        /**
         * @throws IdentityException when that is of no use
         */
        SslContext make() throws IdentityException;
    }

    /**
     * Makes the first context.
     *
     * @throws IdentityException when that fails
     */
    public CurrentTls(Source source) throws IdentityException {
        this.source = source;
        this.context = source.make();
    }

    @Override
    public SslContext get() {
        return context;
    }

    /**
     * Makes a new context, with new keys for session tickets. Meant for once a day and for when the
     * files changed. It reads files: not for an event loop.
     *
     * @throws IdentityException when that fails; the former context stays
     */
    public synchronized void refresh() throws IdentityException {
        context = source.make();
    }
}
