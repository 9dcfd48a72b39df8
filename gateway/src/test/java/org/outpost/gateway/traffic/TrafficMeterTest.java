package org.outpost.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class TrafficMeterTest {
    private static final long START = -7_000_000_000L; // nanoTime may be negative

    private final Counters counters = new Counters();
    private final TrafficMeter meter = new TrafficMeter(counters, START);

    private static final class Counters implements ByteCount {
        private long to;
        private long from;

        @Override
        public long toDevice() {
            return to;
        }

        @Override
        public long fromDevice() {
            return from;
        }
    }

    private static long at(double seconds) {
        return START + Math.round(seconds * TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void aSteadyFlowIsTold() {
        for (int second = 1; second <= 30; second++) {
            counters.to += 1000;
            counters.from += 64_000;
            if (second % 5 == 0) {
                meter.sample(at(second));
            }
            assertThat(meter.rates(at(second))).isEqualTo(new Rates(1000, 64_000));
        }
    }

    @Test
    void whenNothingFlowsTheRateIsZeroAfterTwoIntervals() {
        counters.to = 1_000_000;
        meter.sample(at(5));
        assertThat(meter.rates(at(6)).toDevice()).isPositive();

        meter.sample(at(10));

        assertThat(meter.rates(at(10))).isEqualTo(Rates.NONE);
    }

    @Test
    void aYoungConnectionIsMeasuredOverItsLife() {
        counters.from = 3000;
        assertThat(meter.rates(at(3))).isEqualTo(new Rates(0, 1000));
        assertThat(meter.rates(at(0.001))).isEqualTo(new Rates(0, 3000));
        assertThat(meter.rates(START)).isEqualTo(new Rates(0, 3000));
    }

    /** Whatever comes between: no byte is counted twice, and none is older than two samples. */
    @Property(tries = 300)
    void aRateIsWhatCameSinceTheLastSampleButOne(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 1_000_000) Integer> steps) {
        Counters bytes = new Counters();
        TrafficMeter tried = new TrafficMeter(bytes, START);
        long now = START;
        long[] samples = {START, START};
        long[] counted = {0, 0};
        for (int step : steps) {
            now += TimeUnit.MILLISECONDS.toNanos(200 + step % 3000);
            if (step % 3 == 0) {
                tried.sample(now);
                samples = new long[] {samples[1], now};
                counted = new long[] {counted[1], bytes.to};
            } else {
                bytes.to += step;
            }
            double seconds = Math.max(1, (now - samples[0]) / 1e9);
            assertThat(tried.rates(now).toDevice())
                    .isEqualTo(Math.round((bytes.to - counted[0]) / seconds));
            assertThat(tried.rates(now).fromDevice()).isZero();
        }
    }

    @Test
    void theSamplerGoesOnWhenOneOfThoseThatItAsksFails() {
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger sampled = new AtomicInteger();
        Sampled failing =
                _ -> {
                    failed.incrementAndGet();
                    throw new IllegalStateException("gone");
                };
        try (TrafficSampler _ =
                new TrafficSampler(Duration.ofMillis(1), failing, _ -> sampled.incrementAndGet())) {
            await().until(() -> failed.get() > 1 && sampled.get() > 1);
        }
    }
}
