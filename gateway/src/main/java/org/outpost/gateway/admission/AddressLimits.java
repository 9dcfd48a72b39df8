package org.outpost.gateway.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often and how many times one address may connect. IPv6 addresses count by their /64, which
 * one household or attacker has whole. Thread-safe, bounded in memory.
 */
public final class AddressLimits {
    private static final int TRACKED = 100_000;

    private final int perSecond;
    private final int atOnce;
    private final @Nullable Cache<Source, AtomicInteger> recent;
    private final ConcurrentHashMap<Source, Integer> open = new ConcurrentHashMap<>();

    private record Source(String prefix) {
        static Source of(InetAddress address) {
            byte[] bytes = address.getAddress();
            return new Source(
                    Arrays.toString(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes));
        }
    }

    /**
     * Makes the limits.
     *
     * @param perSecond new connections of an address in any one second; 0 for no limit
     * @param atOnce open connections of an address; 0 for no limit
     */
    public AddressLimits(int perSecond, int atOnce) {
        this(perSecond, atOnce, Ticker.systemTicker());
    }

    AddressLimits(int perSecond, int atOnce, Ticker ticker) {
        this.perSecond = perSecond;
        this.atOnce = atOnce;
        this.recent =
                perSecond == 0
                        ? null
                        : Caffeine.newBuilder()
                                .maximumSize(TRACKED)
                                .ticker(ticker)
                                .expireAfter(
                                        com.github.benmanes.caffeine.cache.Expiry
                                                .<Source, AtomicInteger>creating(
                                                        (_, _) -> Duration.ofSeconds(1)))
                                .build();
    }

    /** Counts a new connection; false when it is one too many. {@link #closed} must follow true. */
    public boolean opened(InetAddress address) {
        if (perSecond == 0 && atOnce == 0) {
            return true;
        }
        Source source = Source.of(address);
        Cache<Source, AtomicInteger> seen = recent;
        if (seen != null
                && seen.get(source, _ -> new AtomicInteger()).incrementAndGet() > perSecond) {
            return false;
        }
        if (atOnce == 0) {
            return true;
        }
        int now = open.merge(source, 1, Integer::sum);
        if (now > atOnce) {
            closed(address);
            return false;
        }
        return true;
    }

    /** The connection is gone. */
    public void closed(InetAddress address) {
        if (atOnce != 0) {
            open.computeIfPresent(Source.of(address), (_, count) -> count > 1 ? count - 1 : null);
        }
    }
}
