package org.outpost.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long TICK = 10_000_000;

    @Test
    void theRateIsMetInTheLongRunWhateverTheTicks() {
        Pacer pacer = new Pacer(30, 0);
        int gone = 0;
        for (long tick = 1; tick <= 1000; tick++) {
            int now = pacer.tick(tick * TICK);
            assertThat(now).isLessThanOrEqualTo(1);
            gone += now;
        }

        assertThat(gone).isBetween(299, 300);
    }

    @Test
    void withoutARateThereIsNoLimit() {
        assertThat(new Pacer(0, 0).tick(1)).isEqualTo(Integer.MAX_VALUE);
    }
}
