package org.outpost.server.certificate;

import io.netty.handler.ssl.SslContext;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * The TLS context for the next connection. A listener asks at each one, so that a new certificate
 * takes effect without a restart; connections that are open keep the one they began with.
 */
public final class CurrentTls implements Supplier<SslContext> {
    private final Identity identity;
    private final Maker maker;
    private final Duration ticketLifetime;
    private TlsIdentity shown;
    private SessionTickets tickets;
    private volatile SslContext context;

    /** Reads from disk, or makes, what the listener shows. */
    @FunctionalInterface
    public interface Identity {
        /**
         * Reads it.
         *
         * @throws IdentityException when what is there is of no use
         */
        TlsIdentity read() throws IdentityException;
    }

    /** Makes contexts, such as a method of {@link TlsProfiles}. */
    @FunctionalInterface
    public interface Maker {
        /**
         * Makes one.
         *
         * @throws IdentityException when TLS cannot use the identity
         */
        SslContext make(TlsIdentity identity, SessionTickets tickets) throws IdentityException;
    }

    /**
     * Makes the first context.
     *
     * @param ticketLifetime how long a key seals session tickets; positive
     * @throws IdentityException when that fails
     */
    public CurrentTls(Identity identity, Maker maker, Duration ticketLifetime)
            throws IdentityException {
        this.identity = identity;
        this.maker = maker;
        this.ticketLifetime = ticketLifetime;
        this.shown = identity.read();
        this.tickets = new SessionTickets(ticketLifetime);
        this.context = maker.make(shown, tickets);
    }

    @Override
    public SslContext get() {
        return context;
    }

    /**
     * Makes a new context. While the certificate is the same, sessions that are sealed in tickets
     * can be resumed with it; a new certificate begins with new keys, so that the next handshake of
     * everybody shows it. Meant for once a day and for when the files changed. It reads files: not
     * for an event loop.
     *
     * @throws IdentityException when that fails; the former context stays
     */
    public synchronized void refresh() throws IdentityException {
        TlsIdentity now = identity.read();
        SessionTickets keys =
                now.chain().equals(shown.chain()) ? tickets : new SessionTickets(ticketLifetime);
        context = maker.make(now, keys);
        shown = now;
        tickets = keys;
    }

    /** Seals session tickets with a new key from now on; the former one still opens them. */
    public synchronized void rotateTickets() {
        tickets.rotate(context);
    }
}
