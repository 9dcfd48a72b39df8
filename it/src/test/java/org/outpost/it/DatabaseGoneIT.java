package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Devices;
import org.outpost.it.support.Report;
import org.outpost.it.support.RoundTrips;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.database.PostgresAddress;
import org.outpost.testkit.database.PostgresServer;
import org.outpost.testkit.process.NeedsTool;
import org.outpost.testkit.process.OutpostProcess;
import org.outpost.testkit.socks.HttpProxyClient;
import org.outpost.testkit.socks.SocksClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The database is gone for a while: hung, shut down, locked. How long each lasts is the system
 * property {@code outpost.outage.seconds}.
 */
final class DatabaseGoneIT {
    private static final Duration OUTAGE =
            Duration.ofSeconds(Integer.getInteger("outpost.outage.seconds", 15));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The server's own words, once for each outage. */
    private static final String GONE = "the database does not answer; tunnels";

    private static final String BACK = "the database answers again";

    @TempDir Path folder;

    private final List<String> newcomers = new ArrayList<>();

    @Test
    void aPostgresThatHangsAndOneThatIsShutDownTakeNobodyOutOfReach() {
        try (PostgresServer postgres = PostgresServer.start(true)) {
            PostgresAddress address = postgres.createDatabase();
            ServerSetup setup = on(address, folder);
            try (Server server = setup.start();
                    Devices devices = new Devices(server)) {
                DeviceIdentity known = arrange(devices);
                try (RoundTrips neighbour = neighbour(server, devices)) {
                    postgres.hang();
                    worksWithout("hung", server, devices, known, neighbour);
                    postgres.resume();
                    recovers(server);

                    postgres.shutDown();
                    worksWithout("down", server, devices, known, neighbour);
                    postgres.start();
                    recovers(server);
                }
                assertSaidOnceEach(server, 2);
                recorded(server);
                assertThat(postgres.psql(address.name(), "SELECT COUNT(*) FROM device"))
                        .isEqualTo(Integer.toString(2 + newcomers.size()));
                server.stopCleanly(ServerSetup.PASSWORD);
            }
            afterARestart(setup);
        }
    }

    @Test
    @NeedsTool("python3")
    void anSqliteFileThatSomebodyLocksTakesNobodyOutOfReach() throws Exception {
        ServerSetup setup = ServerSetup.in(folder);
        try (Server server = setup.start();
                Devices devices = new Devices(server)) {
            DeviceIdentity known = arrange(devices);
            try (RoundTrips neighbour = neighbour(server, devices)) {
                Process other = lock(server.dataDir().resolve("outpost.db"));
                worksWithout("locked", server, devices, known, neighbour);
                other.getOutputStream().close();
                assertThat(other.waitFor()).isZero();
                recovers(server);
            }
            assertSaidOnceEach(server, 1);
            recorded(server);
            server.stopCleanly(ServerSetup.PASSWORD);
        }
        afterARestart(setup);
    }

    @Test
    void aServerWhoseDatabaseIsAwayOrTakenSaysSoAndDoesNotStart() throws Exception {
        try (PostgresServer postgres = PostgresServer.start(false)) {
            PostgresAddress address = postgres.createDatabase();
            ServerSetup setup = on(address, folder);
            ServerSetup second = on(address, Files.createDirectory(folder.resolve("second")));
            try (Server first = setup.start();
                    OutpostProcess refused = second.launch()) {
                assertFails(refused, "another Outpost server uses it \\(from 127\\.0\\.0\\.1");
                assertThat(first.management().ready()).isTrue();
                first.stopCleanly(ServerSetup.PASSWORD);
            }
            postgres.hang();
            try (OutpostProcess refused = setup.launch()) {
                assertFails(refused, "takes connections there and does not answer");
            }
            postgres.resume();
            postgres.shutDown();
            try (OutpostProcess refused = setup.launch()) {
                assertFails(refused, "Does PostgreSQL run there");
            }
        }
    }

    private static ServerSetup on(PostgresAddress address, Path folder) {
        return ServerSetup.in(folder)
                .with(
                        "database: { url: \"%s\", user: %s }"
                                .formatted(address.url(), address.user()));
    }

    private static void assertFails(OutpostProcess process, String reason) {
        process.awaitLog(reason, Duration.ofSeconds(90));
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    private static DeviceIdentity arrange(Devices devices) {
        return devices.gone("known.example.test");
    }

    private static RoundTrips neighbour(Server server, Devices devices) {
        devices.keep(server.callIn(devices.next("neighbour.example.test"))).serve();
        return RoundTrips.start(server.socks(), "neighbour.example.test", 16994);
    }

    /** For as long as the outage is to last, and at least until it was noticed. */
    private void worksWithout(
            String what,
            Server server,
            Devices devices,
            DeviceIdentity known,
            RoundTrips neighbour) {
        long end = System.nanoTime() + OUTAGE.toNanos();
        int mark = neighbour.mark();
        int round = 0;
        do {
            round++;
            try (ApfDevicePeer back = server.callIn(known).serve()) {
                assertReached(server, back, known.name());
            }
            String name = what + "-" + round + ".example.test";
            ApfDevicePeer newcomer = devices.keep(server.callIn(devices.next(name))).serve();
            assertReached(server, newcomer, name);
            newcomers.add(newcomer.device().uuid().toString());
            assertThat(server.management().status("/health/ready")).isEqualTo(200);
        } while (System.nanoTime() < end || !isGone(server));
        assertThat(server.management().body("/health/ready")).contains("\"DEGRADED\"");
        RoundTrips.Statistics trips = neighbour.since(mark);
        Report.line(
                "database %s: %d rounds, neighbour's round trips %s median, %s worst of %d"
                        .formatted(what, round, trips.median(), trips.worst(), trips.count()));
        assertThat(trips.median()).isLessThan(Duration.ofMillis(250));
        assertThat(trips.worst()).isLessThan(Duration.ofSeconds(5));
        assertThat(server.management().metrics().value("outpost_authentication_waiting")).isZero();
    }

    private static boolean isGone(Server server) {
        return server.management().metrics().value("outpost_database_up") == 0;
    }

    private static void assertReached(Server server, ApfDevicePeer device, String name) {
        int before = device.opens();
        String uuid = device.device().uuid().toString();
        for (String target : List.of(name, uuid)) {
            try (HttpProxyClient console = HttpProxyClient.open(server.httpProxy(), PATIENCE)) {
                assertThat(console.connect(target + ":16994").status()).as(target).isEqualTo(200);
            }
            try (SocksClient console = SocksClient.open(server.socks(), PATIENCE)) {
                assertThat(console.connect(target, 16994)).isEqualTo(SocksClient.SUCCEEDED);
            }
        }
        assertThat(device.opens() - before).isEqualTo(4);
    }

    private static void recovers(Server server) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !isGone(server));
        assertThat(server.management().body("/health/ready")).doesNotContain("DEGRADED");
    }

    private static void assertSaidOnceEach(Server server, int outages) {
        assertThat(server.logLines().filter(line -> line.contains(GONE))).hasSize(outages);
        assertThat(server.logLines().filter(line -> line.contains(BACK))).hasSize(outages);
    }

    /** What memory admitted is written within moments. */
    private void recorded(Server server) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () ->
                                assertThat(server.api().devices(true))
                                        .filteredOn(
                                                device ->
                                                        !device.path("hostname")
                                                                .asString("")
                                                                .isEmpty())
                                        .extracting(device -> device.path("guid").asString())
                                        .containsAll(newcomers));
    }

    private void afterARestart(ServerSetup setup) {
        try (Server again = setup.start()) {
            assertThat(again.api().devices(false))
                    .extracting(device -> device.path("guid").asString())
                    .containsAll(newcomers);
            again.stopCleanly(ServerSetup.PASSWORD);
        }
    }

    /** Another process that holds the file for itself until its input ends. */
    private static Process lock(Path file) throws IOException {
        Process other =
                new ProcessBuilder(
                                "python3",
                                "-c",
                                """
                                import sqlite3, sys
                                file = sqlite3.connect(sys.argv[1], timeout=10, isolation_level=None)
                                file.execute("BEGIN EXCLUSIVE")
                                print("locked", flush=True)
                                sys.stdin.read()
                                """,
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        assertThat(other.inputReader().readLine()).isEqualTo("locked");
        return other;
    }
}
