package org.outpost.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.IntStream;

class ReconnectPolicyTest {
    private static final double MIDDLE = 0.5;

    @Test
    void twoTriesAreFollowedByALongSilence() {
        assertThat(
                        IntStream.range(0, 6)
                                .mapToObj(failed -> ReconnectPolicy.FIRMWARE.pause(failed, MIDDLE)))
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(10));
    }

    @Test
    void pausesAreAFifthMoreOrLess() {
        assertThat(ReconnectPolicy.FIRMWARE.pause(1, 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(ReconnectPolicy.FIRMWARE.pause(1, 1)).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void scalingMultipliesEveryPause() {
        ReconnectPolicy quick = ReconnectPolicy.FIRMWARE.scaled(0.01);

        assertThat(quick.pause(0, MIDDLE)).isEqualTo(Duration.ofMillis(50));
        assertThat(quick.pause(2, MIDDLE)).isEqualTo(Duration.ofSeconds(9));
    }
}
