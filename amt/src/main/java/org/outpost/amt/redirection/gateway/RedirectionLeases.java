package org.outpost.amt.redirection.gateway;

import org.outpost.amt.redirection.RedirectionKind;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** One session of each kind for a device, as the device itself has it. Safe for several threads. */
public final class RedirectionLeases {
    private final Set<Key> taken = ConcurrentHashMap.newKeySet();

    private record Key(UUID device, RedirectionKind kind) {}

    /** The right to the only session; to be closed once. A further close does nothing. */
    @FunctionalInterface
    public interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes the only session of this kind; empty when it is taken. */
    public Optional<Lease> take(UUID device, RedirectionKind kind) {
        Key key = new Key(device, kind);
        if (!taken.add(key)) {
            return Optional.empty();
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return Optional.of(
                () -> {
                    if (open.compareAndSet(true, false)) {
                        taken.remove(key);
                    }
                });
    }

    /** Whether a session of this kind is open or being opened. */
    public boolean isTaken(UUID device, RedirectionKind kind) {
        return taken.contains(new Key(device, kind));
    }
}
