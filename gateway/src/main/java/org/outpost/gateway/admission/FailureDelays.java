package org.outpost.gateway.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.net.InetAddress;
import java.time.Duration;
import java.util.UUID;

/**
 * Slows guessing down: each failed login of an (address, UUID) makes the answer to the next failed
 * one later. Only failing connections wait; a right password is never delayed because others failed
 * (design section 5). Thread-safe, bounded in memory.
 */
public final class FailureDelays {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final int DOUBLINGS = 5;
    private static final int TRACKED = 100_000;

    private final Cache<Key, Integer> failures =
            Caffeine.newBuilder()
                    .maximumSize(TRACKED)
                    .expireAfterWrite(Duration.ofMinutes(10))
                    .build();

    private record Key(InetAddress address, UUID device) {}

    /**
     * Counts a failure.
     *
     * @return how long to wait before telling the device: 250 ms, doubling up to 8 s
     */
    public Duration failed(InetAddress address, UUID device) {
        int count = failures.asMap().merge(new Key(address, device), 1, Integer::sum);
        return FIRST.multipliedBy(1L << Math.min(count - 1, DOUBLINGS));
    }

    /** Forgets earlier failures. */
    public void succeeded(InetAddress address, UUID device) {
        failures.invalidate(new Key(address, device));
    }
}
