package org.outpost.gateway.tunnel;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.outpost.apf.codec.ProtocolError;
import org.outpost.gateway.admission.HandshakeSlots;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What the tunnel door counts. */
final class TunnelMetrics {
    private final MeterRegistry meters;
    private final LongAdder closedBytesIn = new LongAdder();
    private final LongAdder closedBytesOut = new LongAdder();
    private final Counter accepted;
    private final Counter established;
    private final Timer logins;

    TunnelMetrics(MeterRegistry meters, TunnelRegistry registry, HandshakeSlots handshakes) {
        this.meters = meters;
        this.accepted =
                Counter.builder("outpost.tunnel.connections")
                        .description("TCP connections to the tunnel door")
                        .register(meters);
        this.established =
                Counter.builder("outpost.tunnel.established")
                        .description("Tunnels whose device was let in")
                        .register(meters);
        this.logins =
                Timer.builder("outpost.tunnel.login")
                        .description("From credentials to the answer")
                        .publishPercentileHistogram()
                        .register(meters);
        Gauge.builder("outpost.tunnels", registry, TunnelRegistry::size)
                .description("Open tunnels")
                .register(meters);
        Gauge.builder("outpost.tunnel.handshakes.in.flight", handshakes, HandshakeSlots::inFlight)
                .description("Connections that are not let in yet")
                .register(meters);
        Gauge.builder(
                        "outpost.channels",
                        registry,
                        all -> all.all().stream().mapToInt(Tunnel::openChannels).sum())
                .description("Channels open inside tunnels")
                .register(meters);
        bytes(
                "in",
                registry,
                all ->
                        closedBytesIn.sum()
                                + all.all().stream().mapToLong(Tunnel::fromDevice).sum());
        bytes(
                "out",
                registry,
                all -> closedBytesOut.sum() + all.all().stream().mapToLong(Tunnel::toDevice).sum());
    }

    private void bytes(
            String direction,
            TunnelRegistry registry,
            java.util.function.ToDoubleFunction<TunnelRegistry> sum) {
        FunctionCounter.builder("outpost.tunnel.payload.bytes", registry, sum)
                .description("Payload through channels, seen from the server")
                .tag("direction", direction)
                .register(meters);
    }

    void connected() {
        accepted.increment();
    }

    void tls(TlsSummary tls) {
        if (!tls.protocol().isEmpty()) {
            meters.counter(
                            "outpost.tunnel.tls.handshakes",
                            "protocol",
                            tls.protocol(),
                            "cipher",
                            tls.cipher())
                    .increment();
        }
    }

    void established() {
        established.increment();
    }

    void login(Duration took) {
        logins.record(took);
    }

    void ended(DisconnectCause cause) {
        meters.counter("outpost.tunnel.ended", "cause", cause.label()).increment();
    }

    void closed(Tunnel tunnel) {
        closedBytesIn.add(tunnel.fromDevice());
        closedBytesOut.add(tunnel.toDevice());
    }

    void protocolError(ProtocolError error) {
        meters.counter(
                        "outpost.apf.protocol.errors",
                        "error",
                        error.name().toLowerCase(java.util.Locale.ROOT))
                .increment();
    }

    void channelEvent(String event) {
        meters.counter("outpost.apf.channel.events", "event", event).increment();
    }
}
