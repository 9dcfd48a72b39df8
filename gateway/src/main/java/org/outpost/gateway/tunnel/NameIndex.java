package org.outpost.gateway.tunnel;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tunnels by a text, several of which may share it. Thread-safe. */
final class NameIndex {
    private final Map<String, Set<Tunnel>> tunnels = new ConcurrentHashMap<>();

    void add(String key, Tunnel tunnel) {
        tunnels.compute(
                key,
                (_, known) -> {
                    Set<Tunnel> all = known == null ? ConcurrentHashMap.newKeySet(2) : known;
                    all.add(tunnel);
                    return all;
                });
    }

    void remove(String key, Tunnel tunnel) {
        tunnels.computeIfPresent(
                key,
                (_, known) -> {
                    known.remove(tunnel);
                    return known.isEmpty() ? null : known;
                });
    }

    Set<Tunnel> get(String key) {
        return tunnels.getOrDefault(key, Set.of());
    }
}
