package org.outpost.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.outpost.testkit.process.OutpostProcess;

import java.io.Closeable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the resident memory of a process four times a second. */
public final class MemoryWatch implements Closeable {
    private final List<Long> samples = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    private MemoryWatch() {}

    /** Begins to look. */
    public static MemoryWatch of(OutpostProcess process) {
        MemoryWatch watch = new MemoryWatch();
        watch.clock.scheduleAtFixedRate(
                () -> watch.samples.add(process.memory().residentBytes()),
                0,
                250,
                TimeUnit.MILLISECONDS);
        return watch;
    }

    /**
     * Asserts that the second half of the time needed no more than the first.
     *
     * @param tolerance what the second half's peak may be above the first's, as a part of it
     */
    public void assertFlat(double tolerance) {
        int half = samples.size() / 2;
        assertThat(half).as("samples").isGreaterThan(4);
        long first = peak(samples.subList(0, half));
        long second = peak(samples.subList(half, samples.size()));
        Report.line(
                "resident memory of the server: peak %d MiB in the first half, %d MiB in the second"
                        .formatted(first >> 20, second >> 20));
        assertThat((double) second)
                .as("peak of the second half, in bytes; of the first: %d", first)
                .isLessThan(first * (1 + tolerance));
    }

    /** The highest value so far, in bytes. */
    public long peak() {
        return peak(samples);
    }

    private static long peak(List<Long> some) {
        return some.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
