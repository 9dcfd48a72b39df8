package org.outpost.gateway.devicetraffic;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.transport.Transport;

import java.util.function.Supplier;

/** Sends what devices open to the destinations in this process, or to allowed addresses. */
public final class DeviceTrafficRouter implements DeviceTraffic {
    private final DeviceTrafficSettings settings;
    private final DeviceTrafficMetrics metrics;
    private final EventListener events;
    private final TrapInbox traps;
    private final ChannelForwarder channels;
    private final DatagramForwarder datagrams;

    /**
     * Makes the router of a process.
     *
     * @param policy which addresses outside may be reached; the caller closes it
     * @param alerts takes what comes to the destinations in this process
     */
    public DeviceTrafficRouter(
            Transport transport,
            DeviceTrafficSettings settings,
            EgressPolicy policy,
            DeviceAlerts alerts,
            MeterRegistry meters) {
        this.settings = settings;
        this.metrics = new DeviceTrafficMetrics(meters);
        this.events = new EventListener(alerts, metrics, settings.post());
        this.traps = new TrapInbox(alerts, metrics);
        this.channels =
                new ChannelForwarder(
                        transport, policy, metrics, settings.connect(), settings.identify());
        this.datagrams = new DatagramForwarder(transport, policy, metrics);
    }

    @Override
    public OfTunnel of(Channel tunnel, Supplier<@Nullable DeviceSource> source) {
        return new DeviceOpens(
                tunnel, source, settings, metrics, events, traps, channels, datagrams);
    }
}
