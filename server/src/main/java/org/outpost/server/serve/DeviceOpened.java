package org.outpost.server.serve;

import io.micrometer.core.instrument.MeterRegistry;

import org.outpost.gateway.devicetraffic.Destinations;
import org.outpost.gateway.devicetraffic.DeviceAlerts;
import org.outpost.gateway.devicetraffic.DeviceTraffic;
import org.outpost.gateway.devicetraffic.DeviceTrafficRouter;
import org.outpost.gateway.devicetraffic.DeviceTrafficSettings;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.egress.EgressRule;
import org.outpost.gateway.egress.OwnDoors;
import org.outpost.gateway.transport.Transport;
import org.outpost.server.configuration.DeviceChannelSettings;

import java.net.InetSocketAddress;
import java.util.List;

/** Where what devices open towards us goes, from the configuration. */
final class DeviceOpened implements AutoCloseable {
    private final OwnDoors ownDoors = new OwnDoors();
    private final EgressPolicy policy;
    private final DeviceTraffic traffic;

    DeviceOpened(
            DeviceChannelSettings settings,
            Transport transport,
            DeviceAlerts alerts,
            MeterRegistry meters) {
        this.policy =
                new EgressPolicy(
                        settings.allow().stream().map(EgressRule::parse).toList(), ownDoors);
        this.traffic =
                new DeviceTrafficRouter(
                        transport,
                        new DeviceTrafficSettings(
                                Destinations.of(settings.events()),
                                Destinations.of(settings.traps()),
                                settings.identify(),
                                settings.perDevice(),
                                settings.datagramsPerSecond(),
                                settings.eventsPerSecond(),
                                settings.connect(),
                                settings.post()),
                        policy,
                        alerts,
                        meters);
    }

    DeviceTraffic traffic() {
        return traffic;
    }

    /** These are our own doors, which no device may reach unless one is named. */
    void ownDoors(List<InetSocketAddress> bound) {
        bound.forEach(ownDoors::add);
    }

    @Override
    public void close() {
        policy.close();
    }
}
