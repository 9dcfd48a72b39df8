package org.outpost.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.outpost.testkit.socks.SocksClient;

import java.io.Closeable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A well-behaved console on an echoing channel: sends 64 bytes ten times a second, one after the
 * other, and measures how long each takes to come back.
 */
public final class RoundTrips implements Closeable {
    private static final int SIZE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SocksClient console;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private final List<Long> nanos = new CopyOnWriteArrayList<>();
    private volatile @Nullable Throwable failure;
    private long position;

    /** What was measured in some time. */
    public record Statistics(int count, Duration median, Duration worst) {}

    private RoundTrips(SocksClient console) {
        this.console = console;
    }

    /** Connects to an echoing port and begins at once. */
    public static RoundTrips start(InetSocketAddress socks, String device, int port) {
        SocksClient console = SocksClient.open(socks, PATIENCE);
        assertThat(console.connect(device, port)).isEqualTo(SocksClient.SUCCEEDED);
        RoundTrips trips = new RoundTrips(console);
        trips.clock.scheduleWithFixedDelay(trips::one, 0, 100, TimeUnit.MILLISECONDS);
        return trips;
    }

    private void one() {
        try {
            byte[] bytes = Pattern.bytes(0, position, SIZE);
            long start = System.nanoTime();
            console.stream().send(bytes);
            byte[] back = console.stream().read(SIZE);
            nanos.add(System.nanoTime() - start);
            Pattern.check(0, position, back);
            position += SIZE;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    /** How many were made so far: the begin of a span. */
    public int mark() {
        return nanos.size();
    }

    /**
     * What was measured since a mark.
     *
     * @throws AssertionError if the channel broke, or nothing came back since
     */
    public Statistics since(int mark) {
        Throwable broken = failure;
        if (broken != null) {
            throw new AssertionError("the neighbour's channel broke", broken);
        }
        List<Long> span = nanos.subList(mark, nanos.size()).stream().sorted().toList();
        assertThat(span).as("round trips").isNotEmpty();
        return new Statistics(
                span.size(),
                Duration.ofNanos(span.get(span.size() / 2)),
                Duration.ofNanos(span.getLast()));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        console.close();
    }
}
