package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.Metrics;
import org.outpost.it.support.Report;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A thousand simulated devices connect, stay, churn and leave; then the server sends them away. */
final class FleetIT {
    private static final int DEVICES = 1000;
    private static final int CHURN_PER_SECOND = 60;
    private static final String SEED = "fleet";
    private static final Duration CONNECT = Duration.ofSeconds(90);
    private static final Duration STAY = Duration.ofSeconds(5);

    @TempDir Path folder;

    @Test
    void aThousandDevicesConnectStayChurnAndLeave() {
        List<String> expected =
                Fleet.list(SEED, DEVICES).stream().map(Fleet.Member::uuid).sorted().toList();
        assertThat(expected).hasSize(DEVICES).doesNotHaveDuplicates();
        try (Server server = ServerSetup.in(folder).start()) {
            stayAndLeave(server, expected);
            churnAndLeave(server);
            sentAwayByTheServer(server);
        }
    }

    private void stayAndLeave(Server server, List<String> expected) {
        try (Fleet fleet = fleet(server, "stay")) {
            long start = System.nanoTime();
            fleet.awaitConnected(CONNECT);
            Report.line("1000 devices connected in " + since(start));
            server.awaitTunnels(DEVICES, Duration.ofSeconds(10));
            assertThat(server.api().devices(true))
                    .extracting(device -> device.path("guid").asString())
                    .containsExactlyInAnyOrderElementsOf(expected);

            long stayed = System.nanoTime();
            await().atMost(STAY.plusSeconds(30))
                    .until(() -> System.nanoTime() - stayed > STAY.toNanos());
            assertThat(server.management().tunnels()).isEqualTo(DEVICES);
            assertThat(fleet.report().orElseThrow().path("ends").size()).isZero();

            fleet.leave();
            server.awaitTunnels(0, Duration.ofSeconds(10));
            assertThat(server.api().devices(true)).isEmpty();
            assertThat(server.api().devices(false)).hasSize(DEVICES);
            Metrics metrics = server.management().metrics();
            assertThat(metrics.value("outpost_tunnel_ended_total", "cause=\"device_disconnect\""))
                    .as("every device said good-bye")
                    .isEqualTo(DEVICES);
            assertThat(metrics.value("outpost_tunnel_established_total")).isEqualTo(DEVICES);
        }
    }

    private void churnAndLeave(Server server) {
        try (Fleet fleet = fleet(server, "churn", "--churn", Integer.toString(CHURN_PER_SECOND))) {
            fleet.awaitConnected(CONNECT);
            long before = fleet.count("established");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> fleet.count("established") > before + 5L * CHURN_PER_SECOND);
            // whoever came back replaced nobody's tunnel but his own: one tunnel for each device
            assertThat(server.management().tunnels()).isLessThanOrEqualTo(DEVICES);
            assertThat(server.api().devices(false).size() + server.api().devices(true).size())
                    .as("no device is known twice")
                    .isBetween(DEVICES - CHURN_PER_SECOND, DEVICES + CHURN_PER_SECOND);

            fleet.leave();
            server.awaitTunnels(0, Duration.ofSeconds(10));
            assertThat(fleet.ends("login-refused")).isZero();
            assertThat(fleet.ends("protocol-error")).isZero();
            Metrics metrics = server.management().metrics();
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    server.management()
                                                            .metrics()
                                                            .value(
                                                                    "outpost_tunnel_handshakes"
                                                                            + "_in_flight"))
                                            .isZero());
            assertThat(metrics.value("outpost_channels")).isZero();
            assertThat(server.api().devices(false)).hasSize(DEVICES);
            Report.line(
                    "churn: %d tunnels built by %d devices"
                            .formatted(fleet.count("established"), DEVICES));
        }
    }

    private void sentAwayByTheServer(Server server) {
        try (Fleet fleet = fleet(server, "sent-away")) {
            fleet.awaitConnected(CONNECT);
            server.awaitTunnels(DEVICES, Duration.ofSeconds(10));
            long start = System.nanoTime();
            server.stopCleanly(ServerSetup.PASSWORD);
            Report.line("1000 devices sent away and the server gone in " + since(start));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(fleet.ends("disconnected")).isEqualTo(DEVICES));
            fleet.leave();
        }
    }

    private Fleet fleet(Server server, String name, String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "--connect-rate";
        all[1] = "300";
        System.arraycopy(options, 0, all, 2, options.length);
        return Fleet.start(folder.resolve(name + ".log"), server.tunnelDoor(), SEED, DEVICES, all);
    }

    private static Duration since(long nanos) {
        return Duration.ofMillis((System.nanoTime() - nanos) / 1_000_000);
    }
}
