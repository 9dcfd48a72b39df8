package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.DownloadDevice;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.Pattern;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.WireMessage;
import org.outpost.testkit.process.OutpostConfig.Tls;
import org.outpost.testkit.socks.SocksClient;
import org.outpost.testkit.socks.WireSocket;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** SIGTERM: what is open may finish, what is new is refused, everybody is told, exit 0. */
final class StopIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int DOWNLOAD = 8 * 1024 * 1024;

    @TempDir Path folder;

    @Test
    void anOpenTransferFinishesNewOnesAreRefusedAndDevicesAreToldTheEnd() throws Exception {
        try (Server server =
                        ServerSetup.in(folder)
                                .listener(Tls.MODERN)
                                .set("shutdown.deadline", "30s")
                                .start();
                ApfDevicePeer busy = server.callIn(Server.device(1, "busy.example.test"));
                ApfDevicePeer idle = server.callIn(Server.device(2, "idle.example.test")).serve()) {
            DownloadDevice.serve(busy, DOWNLOAD);
            try (SocksClient console = SocksClient.open(server.socks(), PATIENCE)) {
                beginDownload(console);

                server.process().terminate();

                assertThat(idle.served().get(20, TimeUnit.SECONDS))
                        .as("the idle device is sent away at once")
                        .singleElement()
                        .isInstanceOfSatisfying(
                                WireMessage.Disconnect.class,
                                disconnect -> assertThat(disconnect.reason()).isEqualTo(11));
                assertNobodyComesIn(server);
                assertThat(server.process().isAlive()).as("it waits for the transfer").isTrue();
                while (!console.stream().readLine().isEmpty()) {
                    // the rest of the head
                }
                Pattern.check(DownloadDevice.SEED, 0, console.stream().read(DOWNLOAD));
            }
            assertThat(server.process().awaitExit(Duration.ofSeconds(20))).isZero();
            server.process().assertNoLeaks(ServerSetup.PASSWORD);
        }
    }

    private static void beginDownload(SocksClient console) {
        assertThat(console.connect("busy.example.test", 16992)).isZero();
        // the kernel shall not take the whole of it before anybody reads
        console.stream().limitReceiveBuffer(64 * 1024);
        console.stream().send("GET / HTTP/1.1\r\nHost: busy.example.test\r\n\r\n");
        assertThat(console.stream().readLine()).isEqualTo("HTTP/1.1 200 OK");
    }

    private static void assertNobodyComesIn(Server server) {
        for (InetSocketAddress door :
                List.of(server.tunnelDoor(), server.socks(), server.httpProxy())) {
            assertThatThrownBy(() -> WireSocket.connect(door, PATIENCE))
                    .as("a new connection to %s", door)
                    .isInstanceOf(UncheckedIOException.class);
        }
        assertThat(server.management().status("/health/ready")).isNotEqualTo(200);
    }

    @Test
    void whatDoesNotFinishIsCutAtTheDeadline() {
        try (Server server = ServerSetup.in(folder).set("shutdown.deadline", "2s").start();
                ApfDevicePeer device =
                        server.callIn(Server.device(1, "endless.example.test")).serve();
                SocksClient console = SocksClient.open(server.socks(), PATIENCE)) {
            assertThat(console.connect("endless.example.test", 16994)).isZero();
            console.stream().send("still here");
            assertThat(console.stream().read(10)).hasSize(10);

            long start = System.nanoTime();
            assertThat(server.process().stop(Duration.ofSeconds(15))).isZero();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(12));
            assertThat(console.stream().hasEnded()).isTrue();
            assertThat(device.served().join())
                    .singleElement()
                    .isInstanceOf(WireMessage.Disconnect.class);
            server.process().assertNoLeaks(ServerSetup.PASSWORD);
        }
    }

    @Test
    void afterARestartAllDevicesAreBack() {
        int devices = 200;
        ServerSetup setup = ServerSetup.in(folder);
        Server server = setup.start();
        try (Fleet fleet =
                Fleet.start(
                        folder.resolve("fleet.log"),
                        server.tunnelDoor(),
                        "restart",
                        devices,
                        "--connect-rate",
                        "100",
                        "--reconnect-scale",
                        "0.02")) {
            fleet.awaitConnected(Duration.ofSeconds(60));
            server.stopCleanly(ServerSetup.PASSWORD);
            fleet.awaitCount("connected", 0, PATIENCE);

            // calls that find nobody are repeated after some twenty seconds by this scale
            try (Server again = setup.start()) {
                again.awaitTunnels(devices, Duration.ofSeconds(90));
                assertThat(again.api().devices(true)).hasSize(devices);
                await().atMost(Duration.ofSeconds(5))
                        .untilAsserted(
                                () -> assertThat(fleet.count("connected")).isEqualTo(devices));
                assertThat(fleet.ends("login-refused")).isZero();
                fleet.leave();
                again.stopCleanly(ServerSetup.PASSWORD);
            }
        } finally {
            server.close();
        }
    }
}
