package org.outpost.gateway.tunnel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;

/**
 * Lets one of many equal log lines through each minute: the rest is in the metrics. Thread-safe.
 */
final class OnceAMinute {
    private final Cache<String, Boolean> said =
            Caffeine.newBuilder()
                    .maximumSize(10_000)
                    .expireAfterWrite(Duration.ofMinutes(1))
                    .build();

    boolean first(String what) {
        return said.asMap().putIfAbsent(what, true) == null;
    }
}
