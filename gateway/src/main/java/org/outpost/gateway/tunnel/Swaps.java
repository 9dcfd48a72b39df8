package org.outpost.gateway.tunnel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.UUID;

/**
 * How often a device's tunnel was replaced by a newer one. Two devices with one UUID and one
 * credential would push each other out for ever; beyond five swaps a minute the newcomer is held
 * (design section 5). Thread-safe.
 */
final class Swaps {
    private static final int PER_MINUTE = 5;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Cache<UUID, ArrayDeque<Long>> recent =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(MINUTE).build();

    void swapped(UUID device) {
        long now = System.nanoTime();
        recent.asMap()
                .compute(
                        device,
                        (_, known) -> {
                            ArrayDeque<Long> times = known == null ? new ArrayDeque<>() : known;
                            times.addLast(now);
                            if (times.size() > PER_MINUTE) {
                                times.removeFirst();
                            }
                            return times;
                        });
    }

    /** How long a newcomer is to be held; zero mostly. */
    Duration hold(UUID device) {
        long now = System.nanoTime();
        Duration[] hold = {Duration.ZERO};
        recent.asMap()
                .computeIfPresent(
                        device,
                        (_, times) -> {
                            Long oldest = times.peekFirst();
                            if (times.size() == PER_MINUTE && oldest != null) {
                                Duration left = MINUTE.minusNanos(now - oldest);
                                hold[0] = left.isNegative() ? Duration.ZERO : left;
                            }
                            return times;
                        });
        return hold[0];
    }
}
