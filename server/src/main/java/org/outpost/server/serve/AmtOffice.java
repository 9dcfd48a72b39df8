package org.outpost.server.serve;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.handler.ssl.SslContext;

import org.outpost.amt.connection.ConnectionSettings;
import org.outpost.amt.connection.DeviceConnector;
import org.outpost.amt.connection.PinPolicy;
import org.outpost.amt.connection.TlsContexts;
import org.outpost.amt.connection.TlsProfile;
import org.outpost.amt.connection.TransportChoice;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.loop.NettyTaskLoop;
import org.outpost.amt.loop.TaskLoop;
import org.outpost.amt.traffic.TrafficOffice;
import org.outpost.amt.traffic.TrafficOfficer;
import org.outpost.amt.traffic.TrafficSettings;
import org.outpost.amt.wsman.Envelopes;
import org.outpost.amt.xml.XmlLimits;
import org.outpost.gateway.channel.ChannelUse;
import org.outpost.gateway.channel.Means;
import org.outpost.gateway.channel.OpenChannels;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.route.Resolution;
import org.outpost.gateway.route.Route;
import org.outpost.gateway.transport.Transport;
import org.outpost.server.configuration.AmtSettings;
import org.outpost.server.web.amt.AmtDevices;
import org.outpost.server.web.amt.AmtLogins;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

import javax.net.ssl.SSLException;

/** Speaks with AMT of all devices, over whatever way the directory knows. */
final class AmtOffice implements AmtDevices {
    /** Officers keep what is last known of their devices, so they stay long. */
    private static final Duration IDLE = Duration.ofHours(12);

    private static final int MOST = 10_000;
    private static final Duration HANDSHAKE = Duration.ofSeconds(20);

    private final Directory directory;
    private final Transport transport;
    private final AmtSettings settings;
    private final ConnectionSettings connections;
    private final SslContext tls;
    private final AmtLogins logins;
    private final AmtPinning pins;
    private final OpenChannels channels;
    private final MeterRegistry meters;
    private final Envelopes envelopes = new Envelopes(XmlLimits.DEFAULT);
    private final SecureRandom random = new SecureRandom();
    private final TrafficOffice office;

    AmtOffice(
            AmtSettings settings,
            Directory directory,
            Transport transport,
            AmtLogins logins,
            AmtPinning pins,
            OpenChannels channels,
            MeterRegistry meters)
            throws StartFailedException {
        this.directory = directory;
        this.transport = transport;
        this.settings = settings;
        this.logins = logins;
        this.pins = pins;
        this.channels = channels;
        this.meters = meters;
        this.connections =
                new ConnectionSettings(
                        TransportChoice.EITHER,
                        settings.legacyTls() ? TlsProfile.LEGACY : TlsProfile.MODERN,
                        settings.acceptChangedCertificates() ? PinPolicy.WARN : PinPolicy.REFUSE,
                        Optional.empty(),
                        HANDSHAKE);
        try {
            this.tls = TlsContexts.client(connections);
        } catch (SSLException e) {
            throw new StartFailedException(
                    "amt: TLS for devices cannot be set up: " + e.getMessage(), e);
        }
        this.office = new TrafficOffice(this::hire, MOST, IDLE, loop());
    }

    private TaskLoop loop() {
        return new NettyTaskLoop(transport.loops().next(), InstantSource.system());
    }

    private TrafficOfficer hire(String device) {
        TaskLoop loop = loop();
        return new TrafficOfficer(
                new AmtExchanger(
                        UUID.fromString(device),
                        directory,
                        logins,
                        route -> wsman(UUID.fromString(device), route),
                        envelopes,
                        loop,
                        random),
                loop,
                TrafficSettings.DEFAULT,
                this::ended);
    }

    private DeviceConnector wsman(UUID device, Route route) {
        return connector(
                device,
                route,
                port ->
                        new ChannelUse(
                                device,
                                "",
                                port,
                                route.tunnel(),
                                ChannelUse.SERVER,
                                Means.WSMAN,
                                "",
                                null));
    }

    /**
     * Connects to the services of a device over this way.
     *
     * @param use what a connection to a port is for
     */
    DeviceConnector connector(UUID device, Route route, IntFunction<ChannelUse> use) {
        return new DeviceConnector(
                device.toString(),
                (port, handler) -> channels.connect(route, port, handler, use),
                connections,
                tls,
                pins,
                pins);
    }

    private void ended(String what, Duration waited, Duration took, Optional<AmtFailure> failure) {
        Timer.builder("outpost.amt.calls")
                .description("Calls to AMT of devices")
                .tag("result", failure.map(AmtFailure::label).orElse("success"))
                .register(meters)
                .record(waited.plus(took));
    }

    @Override
    public CompletionStage<Reach> reach(UUID device) {
        return directory
                .resolve(device.toString(), AmtExchanger.SELF)
                .thenApply(
                        resolution ->
                                switch (resolution) {
                                    case Resolution.Reachable reachable -> Reach.REACHABLE;
                                    case Resolution.Offline offline -> Reach.OFFLINE;
                                    case Resolution.Ambiguous several -> Reach.OFFLINE;
                                    case Resolution.Unknown unknown -> Reach.UNKNOWN;
                                    case Resolution.NotAllowed not -> Reach.UNKNOWN;
                                });
    }

    @Override
    public TrafficOfficer officer(UUID device) {
        return office.officer(device.toString());
    }

    @Override
    public Optional<TrafficOfficer> present(UUID device) {
        return office.present(device.toString());
    }

    @Override
    public void startAnew(UUID device) {
        office.dismiss(device.toString());
    }

    @Override
    public Duration timeout() {
        return settings.timeout();
    }
}
