package org.outpost.it.support;

import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Many {@link EchoLoad}s at one pace, not all at the same instant. */
public final class EchoLoads implements Closeable {
    private static final int TICKS_PER_SECOND = 100;
    private static final int PIECES_PER_SECOND = 10;
    private static final int GROUPS = TICKS_PER_SECOND / PIECES_PER_SECOND;

    private final List<EchoLoad> loads = new ArrayList<>();
    private final ScheduledExecutorService pace =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("load-pace").factory());
    private int ticks;

    private EchoLoads() {}

    /** What each reached, in bytes per second, in the order they were opened. */
    public record Rates(List<Long> each) {
        /** Copies them. */
        public Rates {
            each = List.copyOf(each);
        }

        /** The slowest. */
        public long least() {
            return each.stream().mapToLong(Long::longValue).min().orElseThrow();
        }

        /** The one in the middle. */
        public long median() {
            long[] sorted = each.stream().mapToLong(Long::longValue).sorted().toArray();
            return sorted[sorted.length / 2];
        }

        /** One of them. */
        public long of(int index) {
            return each.get(index);
        }
    }

    /** Connects one console to the echo of each device and begins to send. */
    public static EchoLoads open(
            InetSocketAddress socks, List<String> devices, int bytesPerSecond) {
        EchoLoads all = new EchoLoads();
        try {
            int number = 0;
            for (String device : devices) {
                all.loads.add(
                        EchoLoad.open(socks, device, number++, bytesPerSecond / PIECES_PER_SECOND));
            }
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
        all.pace.scheduleAtFixedRate(
                all::tick, 0, 1_000_000 / TICKS_PER_SECOND, TimeUnit.MICROSECONDS);
        return all;
    }

    private void tick() {
        int group = ticks++ % GROUPS;
        for (int i = group; i < loads.size(); i += GROUPS) {
            loads.get(i).tick();
        }
    }

    /** Measures for that time. */
    public Rates measure(Duration time) {
        long[] before = received();
        long start = System.nanoTime();
        await().atMost(time.plusSeconds(60))
                .until(() -> System.nanoTime() - start > time.toNanos());
        long[] after = received();
        long nanos = System.nanoTime() - start;
        List<Long> rates = new ArrayList<>();
        for (int i = 0; i < after.length; i++) {
            rates.add((long) ((after[i] - before[i]) * 1e9 / nanos));
        }
        return new Rates(rates);
    }

    private long[] received() {
        long[] all = new long[loads.size()];
        Arrays.setAll(all, i -> loads.get(i).received());
        return all;
    }

    @Override
    public void close() {
        pace.shutdownNow();
        loads.forEach(EchoLoad::close);
    }
}
