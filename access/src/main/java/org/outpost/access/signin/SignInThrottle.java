package org.outpost.access.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Slows guessing down: each failure of an (address, user) makes the answer to the next failure
 * later, and only some of them wait side by side; from one network only some sign-ins are looked at
 * at once. A right password is not delayed because others failed (design §5). Thread-safe, bounded
 * in memory.
 */
final class SignInThrottle {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final int DOUBLINGS = 5;
    private static final int TRACKED = 100_000;
    private static final int SIDE_BY_SIDE = 16;
    private static final int WAITING = 4;

    private final Cache<Key, Integer> failures =
            Caffeine.newBuilder()
                    .maximumSize(TRACKED)
                    .expireAfterWrite(Duration.ofMinutes(10))
                    .build();
    private final ConcurrentMap<InetAddress, Integer> underWay = new ConcurrentHashMap<>();
    private final ConcurrentMap<Key, Integer> waiting = new ConcurrentHashMap<>();

    private record Key(InetAddress network, String user) {}

    /** Takes a place for a sign-in from there; false when all are taken. */
    boolean enter(InetAddress address) {
        return enter(underWay, network(address), SIDE_BY_SIDE);
    }

    /** Gives the place back. */
    void leave(InetAddress address) {
        leave(underWay, network(address));
    }

    /** Takes a place for somebody who failed and waits to be told; false when all are taken. */
    boolean beginWait(InetAddress address, String user) {
        return enter(waiting, new Key(network(address), user), WAITING);
    }

    /** Gives that place back. */
    void waited(InetAddress address, String user) {
        leave(waiting, new Key(network(address), user));
    }

    private static <K> boolean enter(ConcurrentMap<K, Integer> places, K key, int most) {
        boolean[] entered = {false};
        places.compute(
                key,
                (same, count) -> {
                    int now = count == null ? 0 : count;
                    entered[0] = now < most;
                    return entered[0] ? now + 1 : now;
                });
        return entered[0];
    }

    private static <K> void leave(ConcurrentMap<K, Integer> places, K key) {
        places.computeIfPresent(key, (same, count) -> count <= 1 ? null : count - 1);
    }

    /** Whoever has one IPv6 address has all of its /64. */
    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    /** Counts a failure; says how long to wait before it is told: 250 ms, doubling to 8 s. */
    Duration failed(InetAddress address, String user) {
        int count = failures.asMap().merge(new Key(network(address), user), 1, Integer::sum);
        return FIRST.multipliedBy(1L << Math.min(count - 1, DOUBLINGS));
    }

    /** Forgets earlier failures. */
    void succeeded(InetAddress address, String user) {
        failures.invalidate(new Key(network(address), user));
    }
}
