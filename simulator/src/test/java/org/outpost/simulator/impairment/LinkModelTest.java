package org.outpost.simulator.impairment;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

class LinkModelTest {
    private static final long MILLI = 1_000_000;

    @Test
    void aPerfectLinkTakesNoTime() {
        LinkModel link = link(LinkQuality.PERFECT);

        assertThat(link.out(5, 1_000_000)).isEqualTo(5);
    }

    @Test
    void latencyDelaysEveryByteTheSame() {
        LinkModel link = link(LinkQuality.delayed(Duration.ofMillis(120), Duration.ZERO));

        assertThat(link.out(0, 1)).isEqualTo(120 * MILLI);
        assertThat(link.out(7 * MILLI, 100_000)).isEqualTo(127 * MILLI);
    }

    @Test
    void aNarrowLinkPassesItsRateAfterOneBurst() {
        LinkModel link = link(LinkQuality.PERFECT.narrowedTo(8_000_000));
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            now = link.out(0, 1000);
        }

        // 1 MB at 1 MB/s, less the burst of 4096 bytes
        assertThat(now).isBetween(995 * MILLI, 1000 * MILLI);
    }

    @Test
    void aNarrowLinkThatRestedPassesOneBurstAtOnce() {
        LinkModel link = link(LinkQuality.PERFECT.narrowedTo(8_000));

        assertThat(link.out(60_000 * MILLI, 4096)).isEqualTo(60_000 * MILLI);
        assertThat(link.out(60_000 * MILLI, 1000)).isEqualTo(61_000 * MILLI);
    }

    @Test
    void nothingPassesInAStall() {
        LinkModel link =
                link(LinkQuality.PERFECT.stalling(Duration.ofSeconds(30), Duration.ofSeconds(4)));

        assertThat(link.out(29_999 * MILLI, 1)).isEqualTo(29_999 * MILLI);
        assertThat(link.out(30_000 * MILLI, 1)).isEqualTo(34_000 * MILLI);
        assertThat(link.out(33_500 * MILLI, 1)).isEqualTo(34_000 * MILLI);
        assertThat(link.out(34_001 * MILLI, 1)).isEqualTo(34_001 * MILLI);
        assertThat(link.out(61_000 * MILLI, 1)).isEqualTo(64_000 * MILLI);
    }

    @Property(tries = 200)
    void nothingOvertakesAndNothingComesEarly(
            @ForAll @Size(min = 1, max = 50)
                    List<@IntRange(min = 0, max = 20_000_000) Integer> gaps,
            @ForAll long seed) {
        LinkQuality quality =
                LinkQuality.delayed(Duration.ofMillis(20), Duration.ofMillis(100))
                        .narrowedTo(1_000_000)
                        .stalling(Duration.ofMillis(300), Duration.ofMillis(90));
        LinkModel link = new LinkModel(quality, new SplittableRandom(seed), 0);
        long now = 0;
        long last = 0;
        for (int gap : gaps) {
            now += gap;
            long out = link.out(now, 1460);

            assertThat(out).isGreaterThanOrEqualTo(last);
            assertThat(out).isGreaterThanOrEqualTo(now + 20 * MILLI);
            last = out;
        }
    }

    private static LinkModel link(LinkQuality quality) {
        return new LinkModel(quality, new SplittableRandom(1), 0);
    }
}
