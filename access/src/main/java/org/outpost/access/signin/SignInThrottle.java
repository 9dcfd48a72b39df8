package org.outpost.access.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Slows guessing down: each failure of an (address, user) makes the answer to the next failure
 * later, and from one address only some sign-ins are looked at side by side. A right password is
 * neither refused nor delayed because others failed (design §5). Thread-safe, bounded in memory.
 */
final class SignInThrottle {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final int DOUBLINGS = 5;
    private static final int TRACKED = 100_000;
    private static final int SIDE_BY_SIDE = 16;

    private final Cache<Key, Integer> failures =
            Caffeine.newBuilder()
                    .maximumSize(TRACKED)
                    .expireAfterWrite(Duration.ofMinutes(10))
                    .build();
    private final ConcurrentMap<InetAddress, Integer> underWay = new ConcurrentHashMap<>();

    private record Key(InetAddress address, String user) {}

    /** Takes a place for a sign-in from there; false when all are taken. */
    boolean enter(InetAddress address) {
        boolean[] entered = {false};
        underWay.compute(
                address,
                (same, count) -> {
                    int now = count == null ? 0 : count;
                    entered[0] = now < SIDE_BY_SIDE;
                    return entered[0] ? now + 1 : now;
                });
        return entered[0];
    }

    /** Gives the place back. */
    void leave(InetAddress address) {
        underWay.computeIfPresent(address, (same, count) -> count <= 1 ? null : count - 1);
    }

    /** Counts a failure; says how long to wait before it is told: 250 ms, doubling to 8 s. */
    Duration failed(InetAddress address, String user) {
        int count = failures.asMap().merge(new Key(address, user), 1, Integer::sum);
        return FIRST.multipliedBy(1L << Math.min(count - 1, DOUBLINGS));
    }

    /** Forgets earlier failures. */
    void succeeded(InetAddress address, String user) {
        failures.invalidate(new Key(address, user));
    }
}
