package org.outpost.gateway.devicetraffic;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import io.netty.buffer.ByteBufUtil;

import org.outpost.apf.message.UdpSendTo;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes PETs. Devices send each of them up to three times within a minute, since nobody
 * acknowledges one (events.md section 1.3): repeats are dropped. Thread-safe.
 */
final class TrapInbox {
    private static final Duration REPEATS_WITHIN = Duration.ofSeconds(75);
    private static final int REMEMBERED = 100_000;

    private final DeviceAlerts alerts;
    private final DeviceTrafficMetrics metrics;
    private final Cache<Seen, Boolean> seen;

    private record Seen(UUID device, PetKey key) {}

    TrapInbox(DeviceAlerts alerts, DeviceTrafficMetrics metrics) {
        this(alerts, metrics, Ticker.systemTicker());
    }

    TrapInbox(DeviceAlerts alerts, DeviceTrafficMetrics metrics, Ticker ticker) {
        this.alerts = alerts;
        this.metrics = metrics;
        this.seen =
                Caffeine.newBuilder()
                        .maximumSize(REMEMBERED)
                        .expireAfterWrite(REPEATS_WITHIN)
                        .ticker(ticker)
                        .build();
    }

    /**
     * Takes a datagram; completes when it is done with, exceptionally when it could not be kept.
     */
    CompletionStage<Void> received(DeviceSource source, UdpSendTo request) {
        byte[] raw = ByteBufUtil.getBytes(request.content());
        PetKey key = PetKey.of(raw);
        Seen repeat = key == null ? null : new Seen(source.device(), key);
        if (repeat != null && seen.asMap().putIfAbsent(repeat, true) != null) {
            metrics.datagram("repeated_trap");
            return CompletableFuture.completedFuture(null);
        }
        return alerts.received(
                        new DeviceAlert.Trap(
                                source,
                                Instant.now(),
                                request.originatorAddress(),
                                new RawAlert(raw)))
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null && repeat != null) {
                                // One of its repeats may come through.
                                seen.invalidate(repeat);
                            }
                            metrics.datagram(failure == null ? "traps" : "traps_lost");
                        });
    }
}
