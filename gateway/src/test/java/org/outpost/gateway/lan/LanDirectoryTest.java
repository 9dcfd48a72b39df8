package org.outpost.gateway.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.egress.NameResolver;
import org.outpost.gateway.egress.OwnDoors;
import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.Resolution;
import org.outpost.gateway.route.Route;
import org.outpost.gateway.transport.Transport;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class LanDirectoryTest {
    private static final InetAddress DEVICE = InetAddress.ofLiteral("127.0.0.5");
    private static final Console CONSOLE =
            new Console("", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1));
    private static final int DEVICE_PORT = 16992;
    private static final UUID KNOWN = UUID.randomUUID();

    private final Transport transport = new Transport(1);
    private final OwnDoors ownDoors = new OwnDoors();
    private Resolution known = new Resolution.Unknown();

    @AfterEach
    void stop() {
        transport.close();
    }

    private Resolution resolve(String target, List<String> networks, int... ports)
            throws Exception {
        Set<Integer> devicePorts =
                ports.length == 0 ? Set.of(DEVICE_PORT) : Set.of(ports[0], DEVICE_PORT);
        Map<String, InetAddress> names =
                Map.of(
                        "pc-1.office.test", InetAddress.ofLiteral("10.1.2.3"),
                        "pc-2.office.test", InetAddress.ofLiteral("192.0.2.3"));
        NameResolver resolver =
                host -> {
                    try {
                        return List.of(InetAddress.ofLiteral(host));
                    } catch (IllegalArgumentException isName) {
                        InetAddress address = names.get(host);
                        if (address == null) {
                            throw new UnknownHostException(host);
                        }
                        return List.of(address);
                    }
                };
        EgressPolicy policy =
                new EgressPolicy(
                        LanDirectory.rules(networks, devicePorts),
                        ownDoors,
                        resolver,
                        Duration.ofSeconds(5));
        return new LanDirectory(
                        (_, _) -> CompletableFuture.completedFuture(known),
                        policy,
                        transport,
                        devicePorts,
                        Duration.ofSeconds(5))
                .resolve(target, CONSOLE)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "2001:db8::7", "pc-1.office.test"})
    void anAddressInTheNetworksIsReachableAndANameThatLeadsThere(String target) throws Exception {
        assertThat(resolve(target, List.of("10.0.0.0/8", "2001:db8::/32")))
                .isInstanceOf(Resolution.Reachable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.3", "127.0.0.1", "169.254.1.1"})
    void anAddressElsewhereIsNotAllowed(String target) throws Exception {
        known = new Resolution.NotAllowed("off");
        assertThat(resolve(target, List.of("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16")))
                .isInstanceOfSatisfying(
                        Resolution.NotAllowed.class,
                        refused -> assertThat(refused.reason()).contains("none of the networks"));
    }

    @Test
    void aNameThatLeadsElsewhereOrNowhereStaysUnknown() throws Exception {
        assertThat(resolve("pc-2.office.test", List.of("10.0.0.0/8"))).isSameAs(known);
        assertThat(resolve("nobody", List.of("10.0.0.0/8"))).isSameAs(known);
    }

    @Test
    void aTunnelWinsAndADeviceWithoutOneIsLookedForInTheLan() throws Exception {
        Route tunnel =
                (_, _) -> {
                    throw new IllegalStateException("not asked to connect");
                };
        known = new Resolution.Reachable(KNOWN, "pc-1.office.test", tunnel);
        assertThat(resolve("pc-1.office.test", List.of("10.0.0.0/8"))).isSameAs(known);
        known = new Resolution.Offline(KNOWN, "pc-1.office.test");
        assertThat(resolve("pc-1.office.test", List.of("10.0.0.0/8")))
                .isInstanceOfSatisfying(
                        Resolution.Reachable.class,
                        found ->
                                assertThat(found.device())
                                        .as("the name is a claim: no right to KNOWN leads there")
                                        .isNotEqualTo(KNOWN));
        assertThat(resolve(KNOWN.toString(), List.of("10.0.0.0/8")))
                .as("its name is a claim: by UUID nobody else may be reached")
                .isSameAs(known);
        known = new Resolution.Ambiguous(List.of());
        assertThat(resolve("pc-1.office.test", List.of("10.0.0.0/8"))).isSameAs(known);
    }

    @Test
    void theRouteConnectsToTheAddressAndOnlyToDevicePorts() throws Exception {
        try (ServerSocket device = new ServerSocket(0, 5, DEVICE);
                ServerSocket other = new ServerSocket(0, 5, DEVICE)) {
            Resolution.Reachable found =
                    (Resolution.Reachable)
                            resolve("127.0.0.5", List.of("127.0.0.5"), device.getLocalPort());
            ChannelFuture connected =
                    found.route()
                            .connect(device.getLocalPort(), new ChannelInboundHandlerAdapter());
            try (Socket accepted = device.accept()) {
                connected.sync();
                assertThat(accepted.isConnected()).isTrue();
                connected.channel().close().sync();
            }
            assertThatThrownBy(
                            () ->
                                    found.route()
                                            .connect(
                                                    other.getLocalPort(),
                                                    new ChannelInboundHandlerAdapter())
                                            .sync())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void anOwnDoorIsNoDevice() throws Exception {
        ownDoors.add(new InetSocketAddress(InetAddress.ofLiteral("10.1.2.3"), DEVICE_PORT));
        assertThat(resolve("10.1.2.3", List.of("10.0.0.0/8"))).isSameAs(known);
    }
}
