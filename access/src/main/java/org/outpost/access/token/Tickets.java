package org.outpost.access.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One-time tokens with which a browser opens WebSockets: what stands in an address may end up in a
 * log, so it opens one connection of each kind to one device, within half a minute, and nothing
 * else. (Pages of Open DMT use the same for screen and drive.) Kept in memory alone. Thread-safe.
 */
public final class Tickets {
    /** How long a ticket is good. */
    public static final Duration LIFETIME = Duration.ofSeconds(30);

    private static final int MOST = 10_000;
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Held> open;

    private record Held(Ticket ticket, Set<String> used) {}

    /** Tickets that none was made of yet. */
    public Tickets(Ticker ticker) {
        open =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterWrite(LIFETIME)
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .build();
    }

    /** Makes a ticket; returns its text. */
    public String make(Ticket ticket) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        open.put(text, new Held(ticket, ConcurrentHashMap.newKeySet()));
        return text;
    }

    /**
     * Takes the ticket with this text for a connection of that kind: nobody gets it twice.
     *
     * @param kind such as {@code kvm}
     */
    public Optional<Ticket> take(String text, String kind) {
        Held held = open.getIfPresent(text);
        return held != null && held.used().add(kind)
                ? Optional.of(held.ticket())
                : Optional.empty();
    }
}
