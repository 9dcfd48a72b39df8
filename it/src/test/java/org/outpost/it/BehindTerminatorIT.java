package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.outpost.it.support.Program;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.Stage;
import org.outpost.testkit.apf.WireMessage;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;
import org.outpost.testkit.process.NeedsTool;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Debian's haproxy and stunnel4 in front of the tunnel door: with TLS passed through and with TLS
 * ended there. Devices call from addresses of their own, 127.0.0.11 and up; what stands in front
 * reaches the server from 127.0.0.1, the only peer that is trusted.
 */
@NeedsTool({"haproxy", "stunnel4"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BehindTerminatorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String TRUSTED = "proxy-protocol: { from: [127.0.0.1] }";
    private static final String MODERN = "tls: modern, " + TRUSTED;
    private static final String PLAIN = "tls: none, allow: [127.0.0.0/8], " + TRUSTED;

    private final AtomicInteger number = new AtomicInteger();
    private final Map<Front, Integer> ports = new EnumMap<>(Front.class);
    private TestCa ca;
    private TestIdentity deviceCertificate;
    private Server server;
    private Program haproxy;
    private Program stunnel;

    /** What stands in front, and whether TLS ends there. */
    private enum Front {
        PASSED_VERSION_1(1, false),
        PASSED_VERSION_2(2, false),
        TERMINATED_BY_HAPROXY(3, true),
        TERMINATED_BY_STUNNEL(4, true);

        private final int number;
        private final boolean terminates;

        Front(int number, boolean terminates) {
            this.number = number;
            this.terminates = terminates;
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        ca = TestCa.in(Files.createDirectory(folder.resolve("ca")));
        deviceCertificate = ca.client("pc-certified");
        ServerSetup setup =
                ServerSetup.in(folder)
                        .set("tunnel.limits.connections-per-address", 1)
                        .set("shutdown.deadline", "2s");
        setup.config()
                .deviceAuthenticator("{ type: insecure-accept-any }")
                .listener(MODERN)
                .listener(PLAIN);
        server = setup.start();
        for (Front front : Front.values()) {
            ports.put(front, setup.config().freePort());
        }
        TestIdentity front = ca.server();
        haproxy =
                Program.start(
                        folder.resolve("haproxy.log"),
                        portOf(Front.TERMINATED_BY_HAPROXY),
                        List.of("haproxy", "-db", "-f", haproxyFile(folder, front).toString()));
        stunnel =
                Program.start(
                        folder.resolve("stunnel.log"),
                        portOf(Front.TERMINATED_BY_STUNNEL),
                        List.of("stunnel4", stunnelFile(folder, front).toString()));
    }

    @AfterAll
    void stop() {
        haproxy.close();
        stunnel.close();
        server.close();
    }

    private int portOf(Front front) {
        return ports.getOrDefault(front, 0);
    }

    private Path haproxyFile(Path folder, TestIdentity front) throws IOException {
        Path both = folder.resolve("front.pem");
        Files.writeString(
                both,
                Files.readString(front.certificateFile()) + Files.readString(front.keyFile()));
        return Files.writeString(
                folder.resolve("haproxy.cfg"),
                """
                global
                    maxconn 200
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 5m
                    timeout server 5m
                    timeout tunnel 5m
                listen version-1
                    bind 127.0.0.1:%d
                    server outpost 127.0.0.1:%d send-proxy
                listen version-2
                    bind 127.0.0.1:%d
                    server outpost 127.0.0.1:%d send-proxy-v2 check check-send-proxy inter 500ms
                listen terminated
                    bind 127.0.0.1:%d ssl crt %s ca-file %s verify optional
                    server outpost 127.0.0.1:%d send-proxy-v2-ssl-cn
                """
                        .formatted(
                                portOf(Front.PASSED_VERSION_1),
                                server.tunnelDoor(0).getPort(),
                                portOf(Front.PASSED_VERSION_2),
                                server.tunnelDoor(0).getPort(),
                                portOf(Front.TERMINATED_BY_HAPROXY),
                                both,
                                ca.caFile(),
                                server.tunnelDoor(1).getPort()));
    }

    private Path stunnelFile(Path folder, TestIdentity front) throws IOException {
        return Files.writeString(
                folder.resolve("stunnel.conf"),
                """
                foreground = yes
                pid =
                [tunnels]
                accept = 127.0.0.1:%d
                connect = 127.0.0.1:%d
                cert = %s
                key = %s
                protocol = proxy
                """
                        .formatted(
                                portOf(Front.TERMINATED_BY_STUNNEL),
                                server.tunnelDoor(1).getPort(),
                                front.certificateFile(),
                                front.keyFile()));
    }

    private ApfConnection connect(Front front, String from, SSLContext context) throws IOException {
        Socket plain = socket(from, new InetSocketAddress(ServerSetup.loopback4(), portOf(front)));
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, null, 0, true);
        socket.startHandshake();
        return new ApfConnection(socket, ApfSide.DEVICE);
    }

    private static Socket socket(String from, InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(to, Math.toIntExact(PATIENCE.toMillis()));
        return socket;
    }

    private SSLContext trust(Front front) {
        return front.terminates ? ca.clientContext() : server.trust();
    }

    private DeviceIdentity next() {
        int n = number.incrementAndGet();
        return Server.device(n, "pc-%d.example.test".formatted(n));
    }

    private JsonNode tunnelOf(DeviceIdentity device) {
        for (JsonNode tunnel : server.api().read("tunnels").path("data")) {
            if (tunnel.path("guid").asString().equals(device.uuid().toString())) {
                return tunnel;
            }
        }
        throw new AssertionError("no tunnel of " + device.uuid());
    }

    private double ended(String cause) {
        return server.management()
                .metrics()
                .value("outpost_tunnel_ended_total", "cause=\"%s\"".formatted(cause));
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void theDevicesOwnAddressCountsAndNotTheBalancers(Front front) throws IOException {
        double limited = ended("address_limit");
        DeviceIdentity first = next();
        DeviceIdentity second = next();
        String one = "127.0.0.1" + front.number;
        String two = "127.0.0.2" + front.number;
        try (ApfDevicePeer a = new ApfDevicePeer(connect(front, one, trust(front)), first).start();
                ApfDevicePeer b =
                        new ApfDevicePeer(connect(front, two, trust(front)), second).start()) {
            assertThat(tunnelOf(first).path("address").asString())
                    .isEqualTo(one + ":" + a.connection().localAddress().getPort());
            assertThat(tunnelOf(second).path("address").asString())
                    .isEqualTo(two + ":" + b.connection().localAddress().getPort());
            assertThat(server.logLines())
                    .anyMatch(
                            line ->
                                    line.contains("device connected")
                                            && line.contains(first.uuid().toString())
                                            && line.contains(one + ":"));
            refusedBehind(front, one);
            await().atMost(PATIENCE).until(() -> ended("address_limit") == limited + 1);
            a.keepAlive(1);
            b.keepAlive(2);
        }
    }

    private void refusedBehind(Front front, String from) {
        try (ApfConnection third = connect(front, from, trust(front))) {
            third.awaitEnd(PATIENCE);
        } catch (IOException | UncheckedIOException endedInItsHandshake) {
            // with TLS passed through the end comes within the handshake
        }
    }

    @Test
    @Order(2)
    void aCertificateThatTheTerminatorVerifiedStandsForAPassword() throws IOException {
        Front front = Front.TERMINATED_BY_HAPROXY;
        DeviceIdentity certified = next();
        SSLContext shown = ca.contextOf(deviceCertificate);
        try (ApfDevicePeer device =
                new ApfDevicePeer(connect(front, "127.0.0.31", shown), certified)) {
            device.reach(Stage.AUTHENTICATING);
            device.connection().send(ApfBytes.userauthNone("pc"));
            device.expect(WireMessage.UserauthSuccess.class);
            assertThat(tunnelOf(certified).path("protocol").asString()).startsWith("TLSv1.");
        }
        try (ApfDevicePeer device =
                new ApfDevicePeer(connect(front, "127.0.0.32", ca.clientContext()), next())) {
            device.reach(Stage.AUTHENTICATING);
            device.connection().send(ApfBytes.userauthNone("pc"));
            device.expect(WireMessage.UserauthFailure.class);
        }
    }

    @Test
    @Order(3)
    void nobodyElseMaySayWhatAClientShowed() throws IOException {
        String certified =
                "0d0a0d0a000d0a515549540a" // signature
                        + "2111" // version 2, PROXY, TCP over IPv4
                        + "001d"
                        + "cb007107c0000201c3501151" // 203.0.113.7:50000
                        + "20000e03000000002200067063"
                        + "2d636e31"; // a common name, verified
        double refused = ended("proxy_header_refused");
        try (Socket liar = socket("127.0.0.41", server.tunnelDoor(1))) {
            liar.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            liar.getOutputStream().write(HexFormat.of().parseHex(certified));
            assertThat(liar.getInputStream().read()).isEqualTo(-1);
        }
        await().atMost(PATIENCE).until(() -> ended("proxy_header_refused") == refused + 1);
        server.process().awaitLog("a PROXY header from a peer that is not trusted", PATIENCE);
    }

    @Test
    @Order(4)
    void aTrustedPeerWithoutAHeaderIsGoneAtTheDeadline() throws IOException {
        double late = ended("proxy_header_timeout");
        try (Socket silent = socket("127.0.0.1", server.tunnelDoor(0))) {
            silent.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            silent.getOutputStream().write("PROXY".getBytes(StandardCharsets.US_ASCII));
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
        await().atMost(PATIENCE).until(() -> ended("proxy_header_timeout") == late + 1);
    }

    @Test
    @Order(5)
    void healthChecksOfTheBalancerAreQuiet() {
        await().atMost(PATIENCE).until(() -> ended("health_check") >= 2);
        assertThat(server.logLines()).noneMatch(line -> line.contains("health check"));
    }

    @Test
    @Order(6)
    void aStopSendsDevicesBehindOthersAwayInGoodOrder() throws IOException {
        Front front = Front.PASSED_VERSION_2;
        try (ApfDevicePeer device =
                new ApfDevicePeer(connect(front, "127.0.0.51", trust(front)), next()).start()) {
            device.serve();
            server.stopCleanly(ServerSetup.PASSWORD);
            assertThat(device.served().join())
                    .singleElement()
                    .isInstanceOf(WireMessage.Disconnect.class);
        }
    }
}
