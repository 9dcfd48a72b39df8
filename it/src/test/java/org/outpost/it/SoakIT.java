package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.EchoLoads;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.MemoryWatch;
import org.outpost.it.support.Report;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What takes too long for each build: profile {@code load}, see README.md. */
@Tag("soak")
final class SoakIT {
    private static final int MANY = 10_000;
    private static final long SIMULATOR_LIMIT = 2L << 30;
    private static final Duration CHURNING = Duration.ofMinutes(2);
    private static final Duration LOADED =
            Duration.ofSeconds(Integer.getInteger("outpost.soak.seconds", 300));

    @TempDir Path folder;

    @Test
    void tenThousandDevicesOfOneProcessConnectChurnAndLeave() {
        try (Server server = ServerSetup.in(folder).withoutLeakDetection().start();
                Fleet fleet =
                        Fleet.start(
                                folder.resolve("fleet.log"),
                                server.tunnelDoor(),
                                "many",
                                MANY,
                                "--connect-rate",
                                "400",
                                "--churn",
                                "50")) {
            long start = System.nanoTime();
            fleet.awaitConnected(Duration.ofMinutes(5));
            Report.line("10000 devices connected in " + since(start));
            reportMemory(server, fleet);
            long connected = System.nanoTime();
            await().atMost(CHURNING.plusMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> {
                                assertThat(fleet.process().memory().residentBytes())
                                        .isLessThan(SIMULATOR_LIMIT);
                                return System.nanoTime() - connected > CHURNING.toNanos();
                            });
            reportMemory(server, fleet);
            fleet.leave();
            server.awaitTunnels(0, Duration.ofSeconds(30));
            assertThat(server.api().devices(false)).hasSize(MANY);
            assertThat(server.process().stop(Duration.ofSeconds(60))).isZero();
        }
    }

    private static void reportMemory(Server server, Fleet fleet) {
        Report.line(
                "resident memory: simulator %d MiB, server %d MiB"
                        .formatted(
                                fleet.process().memory().residentBytes() >> 20,
                                server.process().memory().residentBytes() >> 20));
    }

    @Test
    void memoryStaysFlatUnderLoadForLong() {
        List<String> names = Fleet.list("soak", 100).stream().map(Fleet.Member::name).toList();
        try (Server server = ServerSetup.in(folder).withoutLeakDetection().start();
                Fleet fleet =
                        Fleet.start(
                                folder.resolve("fleet.log"),
                                server.tunnelDoor(),
                                "soak",
                                names.size(),
                                Fleet.WITH_PLAIN_PORTS,
                                "--window",
                                "65536")) {
            fleet.awaitConnected(Duration.ofMinutes(1));
            try (EchoLoads loads = EchoLoads.open(server.socks(), names, 1_500_000 / 8)) {
                loads.measure(Duration.ofSeconds(30));
                try (MemoryWatch memory = MemoryWatch.of(server.process())) {
                    EchoLoads.Rates rates = loads.measure(LOADED);
                    Report.line(
                            "100 devices for %s, bytes per second: least %d, median %d"
                                    .formatted(LOADED, rates.least(), rates.median()));
                    memory.assertFlat(0.05);
                }
            }
            fleet.leave();
            assertThat(server.process().stop(Duration.ofSeconds(30))).isZero();
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofMillis((System.nanoTime() - nanos) / 1_000_000);
    }
}
