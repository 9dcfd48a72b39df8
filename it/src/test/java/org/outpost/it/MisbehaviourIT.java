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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.outpost.it.support.HalfTls;
import org.outpost.it.support.MemoryWatch;
import org.outpost.it.support.Report;
import org.outpost.it.support.RoundTrips;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.Misbehaviour;
import org.outpost.testkit.process.OutpostConfig.Tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hostile and broken devices against the packaged server: each gets what it is owed, each leaves
 * one line, and a neighbour on the same server notices nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MisbehaviourIT {
    /** What is promised. */
    private static final Duration GONE = Duration.ofSeconds(10);

    /** What a busy machine may add to it before the end is seen. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** A small heap: what piles up in it ends the server. */
    private static final int HEAP_MIB = 256;

    /** The heap may fill up to its end before it is collected; beside it little may grow. */
    private static final long FLOOD_BYTES = (HEAP_MIB + 64L) << 20;

    private final AtomicInteger number = new AtomicInteger(100);
    private Server server;
    private ApfDevicePeer neighbour;
    private RoundTrips trips;
    private Duration usual;

    private enum Transport {
        TLS,
        PLAIN
    }

    /** Endings that have a DISCONNECT of their own, and a line in the log. */
    private static final Set<Misbehaviour.Ending> ERRORS =
            Set.of(
                    Misbehaviour.Ending.PROTOCOL_ERROR,
                    Misbehaviour.Ending.UNKNOWN_SERVICE,
                    Misbehaviour.Ending.UNSUPPORTED_VERSION);

    @BeforeAll
    void start(@TempDir Path folder) {
        server =
                ServerSetup.in(folder)
                        .listener(Tls.MODERN)
                        .listener(Tls.NONE)
                        .with("logging: { levels: { org.outpost.gateway.tunnel: debug } }")
                        .jvm("-Xmx%dm".formatted(HEAP_MIB))
                        .start();
        neighbour = server.callIn(Server.device(1, "neighbour.example.test")).serve();
        trips = RoundTrips.start(server.socks(), "neighbour.example.test", 16994);
        int mark = trips.mark();
        await().atMost(Duration.ofSeconds(20)).until(() -> trips.mark() > mark + 30);
        usual = trips.since(mark).median();
    }

    @AfterAll
    void stop() {
        trips.close();
        assertThat(neighbour.violations()).isEmpty();
        neighbour.close();
        server.stopCleanly(ServerSetup.PASSWORD);
        server.close();
    }

    static Stream<Misbehaviour> slow() {
        return Misbehaviour.all().stream().filter(MisbehaviourIT::isSlow);
    }

    static Stream<Arguments> quick() {
        return Misbehaviour.all().stream()
                .filter(one -> !isSlow(one) && !isFlood(one))
                .flatMap(MisbehaviourIT::overBoth);
    }

    static Stream<Arguments> floods() {
        return Misbehaviour.all().stream()
                .filter(MisbehaviourIT::isFlood)
                .flatMap(MisbehaviourIT::overBoth);
    }

    private static Stream<Arguments> overBoth(Misbehaviour one) {
        return Stream.of(Transport.values()).map(transport -> Arguments.of(one, transport));
    }

    private static boolean isSlow(Misbehaviour one) {
        return one.name().startsWith("silent") || one.name().contains("bytes a second");
    }

    private static boolean isFlood(Misbehaviour one) {
        return one.name().contains("flood");
    }

    @Test
    @Order(1)
    void silentAndTricklingConnectionsAreGoneInTime() throws InterruptedException {
        int mark = trips.mark();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            slow().flatMap(MisbehaviourIT::overBoth)
                    .forEach(
                            one -> {
                                Misbehaviour misdeed = (Misbehaviour) one.get()[0];
                                Transport transport = (Transport) one.get()[1];
                                running.add(threads.submit(() -> play(misdeed, transport)));
                            });
            for (HalfTls.Manner manner : HalfTls.Manner.values()) {
                running.add(
                        threads.submit(
                                () ->
                                        HalfTls.expectEnd(
                                                server.tunnelDoor(), manner, GONE.plus(SLACK))));
            }
        }
        List<String> failures = new ArrayList<>();
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                failures.add(String.valueOf(e.getCause()));
            }
        }
        assertThat(failures).isEmpty();
        assertNeighbourNoticedNothing(mark);
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("quick")
    @Order(2)
    void aWrongMessageIsAnsweredAsItIsOwed(Misbehaviour misdeed, Transport transport) {
        int mark = trips.mark();

        play(misdeed, transport);

        await().atMost(Duration.ofSeconds(10)).until(() -> trips.mark() > mark + 5);
        assertNeighbourNoticedNothing(mark);
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("floods")
    @Order(3)
    void aFloodIsBoundedInMemory(Misbehaviour misdeed, Transport transport) {
        int mark = trips.mark();
        long before = server.process().memory().residentBytes();

        try (MemoryWatch memory = MemoryWatch.of(server.process())) {
            play(misdeed, transport);

            long grown = memory.peak() - before;
            Report.line(
                    "%s over %s: resident memory grew by %d MiB, to %d MiB"
                            .formatted(misdeed, transport, grown >> 20, memory.peak() >> 20));
            assertThat(grown).as("growth of the resident memory").isLessThan(FLOOD_BYTES);
        }
        // during a flood the processor is shared, but nobody waits for its end
        assertThat(trips.since(mark).worst()).isLessThan(Duration.ofSeconds(2));
    }

    private void play(Misbehaviour misdeed, Transport transport) {
        long start = System.nanoTime();
        long logged = server.logLines().count();
        ApfConnection connection =
                transport == Transport.TLS
                        ? ApfConnection.tls(server.tunnelDoor(), server.trust())
                        : ApfConnection.plain(server.tunnelDoor(1));
        int n = number.incrementAndGet();
        int port = connection.localAddress().getPort();
        try (ApfDevicePeer peer =
                new ApfDevicePeer(connection, Server.device(n, "pc-%d.test".formatted(n)))) {
            misdeed.play(peer, isFlood(misdeed) ? Duration.ofSeconds(60) : GONE.plus(SLACK));
            if (isSlow(misdeed)) {
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as(misdeed.name())
                        .isLessThan(GONE.plus(GONE).plus(SLACK));
            }
        }
        String uuid = Server.device(n, "").uuid().toString();
        Consumer<String> once =
                text ->
                        assertThat(linesAbout(logged, port, text))
                                .as("%s over %s: '%s'", misdeed, transport, text)
                                .hasSize(1);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> once.accept("cause="));
        if (ERRORS.contains(misdeed.ending())) {
            once.accept("cause=\"protocol_error\"");
            once.accept("protocol error");
            assertThat(linesAbout(logged, port, "protocol error").getFirst())
                    .containsPattern("error=\"[A-Z_]+\"");
        }
        if (misdeed.ending() == Misbehaviour.Ending.PROTOCOL_ERROR) {
            assertThat(linesAbout(logged, port, "protocol error").getFirst()).contains(uuid);
        }
        if (isSlow(misdeed)) {
            assertThat(linesAbout(logged, port, "cause=").getFirst()).contains("_timeout");
        }
    }

    /** A port is soon used again, so only what was logged since this connection began counts. */
    private List<String> linesAbout(long logged, int port, String text) {
        Pattern address = Pattern.compile("127\\.0\\.0\\.1:" + port + "\\b");
        return server.logLines()
                .skip(logged)
                .filter(line -> line.contains(text) && address.matcher(line).find())
                .toList();
    }

    private void assertNeighbourNoticedNothing(int mark) {
        RoundTrips.Statistics now = trips.since(mark);
        assertThat(now.median())
                .as("round trips of the neighbour, usually %s", usual)
                .isLessThan(usual.multipliedBy(3).plusMillis(10));
    }
}
