package org.outpost.server.certificate;

import io.netty.handler.ssl.OpenSslServerContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Duration;

/**
 * The keys under which one listener's session tickets are sealed (RFC 5077 §5.5). They outlive its
 * TLS contexts, so that a new certificate costs nobody the resumption; and they are of one listener
 * alone, so that a session begun where no certificate is asked for opens no door where one is.
 *
 * <p>A key seals for one lifetime and opens for two: {@link #rotate} makes a new one and keeps the
 * former. Keys are random, live in memory and are never written. The JDK's TLS has keys of its own
 * that it changes by itself.
 */
public final class SessionTickets {
    /** How long a key seals tickets unless configured otherwise. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofHours(12);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NAME = 16;
    private static final int HMAC_KEY = 16;
    private static final int AES_KEY = 16;

    private final Duration lifetime;
    private OpenSslSessionTicketKey current = key();
    private @Nullable OpenSslSessionTicketKey former;

    /**
     * Makes the first key.
     *
     * @param lifetime how long a key seals; positive
     */
    public SessionTickets(Duration lifetime) {
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException("tickets need a lifetime");
        }
        this.lifetime = lifetime;
    }

    /** How long a session may be resumed: as long as a key opens tickets. */
    Duration sessionLife() {
        return lifetime.multipliedBy(2);
    }

    /** Gives a new context the keys. Netty has tickets switched off until then. */
    synchronized void handTo(SslContext context) {
        if (context instanceof OpenSslServerContext server) {
            if (former == null) {
                server.sessionContext().setTicketKeys(current);
            } else {
                server.sessionContext().setTicketKeys(current, former);
            }
        }
    }

    /** Seals with a new key from now on, and still opens what the one before it sealed. */
    synchronized void rotate(SslContext context) {
        former = current;
        current = key();
        handTo(context);
    }

    private static OpenSslSessionTicketKey key() {
        return new OpenSslSessionTicketKey(random(NAME), random(HMAC_KEY), random(AES_KEY));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
