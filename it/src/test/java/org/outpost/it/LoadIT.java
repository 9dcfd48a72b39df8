package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.EchoLoads;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.MemoryWatch;
import org.outpost.it.support.Report;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.it.support.StalledConsole;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Three hundred devices move 1.5 Mbit/s each way through SOCKS, every byte checked, while two
 * consoles do not read what they asked for.
 */
final class LoadIT {
    private static final int DEVICES = 300;
    private static final int BYTES_PER_SECOND = 1_500_000 / 8;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration MEASURED = Duration.ofSeconds(20);

    /** How much more memory the second half may need than the first. */
    private static final double FLAT = 0.10;

    @TempDir Path folder;

    @Test
    void threeHundredDevicesMoveOneAndAHalfMegabitEachWayWhileConsolesAreStalled() {
        List<Fleet.Member> members = Fleet.list("load", DEVICES);
        try (Server server = ServerSetup.in(folder).withoutLeakDetection().start();
                Fleet fleet =
                        Fleet.start(
                                folder.resolve("fleet.log"),
                                server.tunnelDoor(),
                                "load",
                                DEVICES,
                                Fleet.WITH_PLAIN_PORTS,
                                "--window",
                                "65536")) {
            fleet.awaitConnected(Duration.ofSeconds(90));
            String first = members.getFirst().name();
            String second = members.get(1).name();
            try (StalledConsole asking =
                            StalledConsole.askingForEndlessData(server.socks(), first);
                    StalledConsole sending =
                            StalledConsole.sendingToAnEcho(server.socks(), second);
                    EchoLoads loads =
                            EchoLoads.open(
                                    server.socks(),
                                    members.stream().map(Fleet.Member::name).toList(),
                                    BYTES_PER_SECOND)) {
                pass(WARM_UP);
                try (MemoryWatch memory = MemoryWatch.of(server.process())) {
                    EchoLoads.Rates rates = loads.measure(MEASURED);
                    Report.line(
                            """
                            %d devices, bytes per second each way: wanted %d, reached at least %d, \
                            median %d; beside the stalled consoles %d and %d\
                            """
                                    .formatted(
                                            DEVICES,
                                            BYTES_PER_SECOND,
                                            rates.least(),
                                            rates.median(),
                                            rates.of(0),
                                            rates.of(1)));
                    assertThat(rates.median()).isGreaterThan(BYTES_PER_SECOND * 98L / 100);
                    assertThat(rates.least()).isGreaterThan(BYTES_PER_SECOND * 90L / 100);
                    assertThat(rates.of(0))
                            .as("beside a console that reads nothing")
                            .isGreaterThan(BYTES_PER_SECOND * 95L / 100);
                    assertThat(rates.of(1))
                            .as("beside a console that sends and reads nothing")
                            .isGreaterThan(BYTES_PER_SECOND * 95L / 100);
                    memory.assertFlat(FLAT);
                }
                assertThat(asking.isOpen()).isTrue();
                assertThat(sending.isBlocked()).as("what it sends is not taken").isTrue();
            }
            assertThat(fleet.count("connected")).isEqualTo(DEVICES);
            fleet.leave();
            assertThat(server.process().stop(Duration.ofSeconds(30))).isZero();
        }
    }

    private static void pass(Duration time) {
        long start = System.nanoTime();
        await().atMost(time.plusSeconds(60))
                .until(() -> System.nanoTime() - start > time.toNanos());
    }
}
