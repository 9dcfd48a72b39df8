package org.outpost.amt.fake;

import org.outpost.amt.connection.CertificatePin;
import org.outpost.amt.connection.PinStore;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Pins in memory, answered from another thread. */
public final class FakePins implements PinStore {
    private final Map<String, CertificatePin> pins = new ConcurrentHashMap<>();

    /** Whether the store is out of order. */
    public volatile boolean broken;

    @Override
    public CompletionStage<Optional<CertificatePin>> find(String device) {
        return CompletableFuture.supplyAsync(
                () -> {
                    if (broken) {
                        throw new IllegalStateException("out of order");
                    }
                    return Optional.ofNullable(pins.get(device));
                });
    }

    @Override
    public CompletionStage<Void> remember(String device, CertificatePin pin) {
        return CompletableFuture.runAsync(() -> pins.put(device, pin));
    }

    /** What is on record. */
    public Optional<CertificatePin> pin(String device) {
        return Optional.ofNullable(pins.get(device));
    }
}
