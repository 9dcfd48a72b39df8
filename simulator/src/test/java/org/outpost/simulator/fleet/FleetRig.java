package org.outpost.simulator.fleet;

import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;

import org.awaitility.core.ConditionFactory;
import org.outpost.simulator.amt.AmtCredentials;
import org.outpost.simulator.amt.DeviceCertificates;
import org.outpost.simulator.amt.DeviceTls;
import org.outpost.simulator.amt.Nonces;
import org.outpost.simulator.device.DeviceServices;
import org.outpost.simulator.device.MpsCredentials;
import org.outpost.simulator.device.ReconnectPolicy;
import org.outpost.simulator.device.TunnelSettings;
import org.outpost.simulator.device.TunnelTls;
import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.identity.Population;
import org.outpost.simulator.impairment.Mood;
import org.outpost.simulator.impairment.Moods;
import org.outpost.simulator.support.TestServer;
import org.outpost.simulator.support.TestTunnel;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server and a fleet that calls it. */
final class FleetRig implements AutoCloseable {
    static final String AMT_PASSWORD = "P@ssw0rd";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestServer server;
    private final Optional<TunnelTls> tls;
    private final ExecutorService handshakes = Executors.newFixedThreadPool(1);
    private final DeviceTls deviceTls =
            new DeviceTls(new DeviceCertificates(InstantSource.system()), handshakes);
    private final List<DeviceProfile> profiles;
    private final Fleet fleet;

    private FleetRig(Builder builder) {
        server = new TestServer("dev", "secret", builder.serverTls);
        tls = builder.clientTls;
        profiles =
                new Population("test", "pc", "example.test", Generation.usual())
                        .devices(1, builder.devices)
                        .toList();
        fleet =
                new Fleet(
                        new FleetSettings(0, 100, builder.churn, 1),
                        profiles,
                        builder.moods,
                        TunnelSettings.of(
                                server.address(),
                                new MpsCredentials("dev", builder.password),
                                builder.window,
                                8,
                                new ReconnectPolicy(
                                        Duration.ofMillis(50),
                                        Duration.ofMillis(100),
                                        Duration.ofMinutes(15))),
                        builder.clientTls,
                        new DeviceServices(
                                new AmtCredentials("admin", AMT_PASSWORD),
                                new Nonces(InstantSource.system(), Duration.ofMinutes(10)),
                                deviceTls,
                                InstantSource.system(),
                                100,
                                Runnable::run));
    }

    static Builder of(int devices) {
        return new Builder(devices);
    }

    Fleet fleet() {
        return fleet;
    }

    TestServer server() {
        return server;
    }

    List<DeviceProfile> profiles() {
        return profiles;
    }

    /** Waits longer than a busy machine needs. */
    static ConditionFactory patiently() {
        return await().atMost(PATIENCE);
    }

    void awaitConnected() {
        patiently().until(() -> fleet.snapshot().connected() == profiles.size());
    }

    /** The one open tunnel of a device. */
    TestTunnel tunnel(DeviceProfile device) {
        return server.open(device.uuid()).getFirst();
    }

    /** Opens a channel to the device with that number. */
    Channel open(int index, int port, ChannelHandler handler) {
        return TestServer.connect(tunnel(profiles.get(index - 1)), port, handler)
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public void close() {
        fleet.close();
        server.close();
        tls.ifPresent(TunnelTls::close);
        deviceTls.close();
        handshakes.shutdown();
    }

    /** What may differ. */
    static final class Builder {
        private final int devices;
        private Moods moods = Moods.parse("none");
        private String password = "secret";
        private int window = TunnelSettings.FIRMWARE_WINDOW;
        private int churn;
        private Optional<SslContext> serverTls = Optional.empty();
        private Optional<TunnelTls> clientTls = Optional.empty();

        private Builder(int devices) {
            this.devices = devices;
        }

        Builder moods(String names) {
            moods = Moods.parse(names);
            return this;
        }

        Builder mood(Mood mood) {
            moods = new Moods(List.of(mood));
            return this;
        }

        Builder password(String text) {
            password = text;
            return this;
        }

        Builder window(int bytes) {
            window = bytes;
            return this;
        }

        Builder churn(int perSecond) {
            churn = perSecond;
            return this;
        }

        Builder tls(SslContext ofServer, TunnelTls ofDevices) {
            serverTls = Optional.of(ofServer);
            clientTls = Optional.of(ofDevices);
            return this;
        }

        FleetRig build() {
            return new FleetRig(this);
        }
    }
}
