package org.outpost.simulator.impairment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class MoodsTest {
    @Test
    void noneIsCalmForAll() {
        assertThat(Moods.parse("none").inUse()).containsExactly(Moods.CALM);
    }

    @Test
    void namesAreDealtOutInTurn() {
        Moods moods = Moods.parse("calm, far,legacy");

        assertThat(IntStream.rangeClosed(1, 4).mapToObj(i -> moods.of(i).name()))
                .containsExactly("calm", "far", "legacy", "calm");
    }

    @Test
    void theDemoHasOneThatKeepsDroppingAmongTwentyFiveAndNoneThatAModernServerRefuses() {
        Moods moods = Moods.parse("demo");
        List<Mood> all = IntStream.rangeClosed(1, 25).mapToObj(moods::of).toList();

        assertThat(all.stream().filter(mood -> mood.ending().kind() == Ending.Kind.RESET))
                .hasSize(1);
        assertThat(all).noneMatch(mood -> mood.tls() == TlsVersion.TLS_1_0);
        assertThat(all).anyMatch(mood -> mood.tls() == TlsVersion.TLS_1_2);
        assertThat(all).anyMatch(mood -> mood.tls() == TlsVersion.TLS_1_3);
        assertThat(all).anyMatch(mood -> mood.link().bitsPerSecond() > 0);
        assertThat(all).anyMatch(mood -> mood.link().latency().isPositive());
    }

    @Test
    void anUnknownNameIsToldWithTheKnownOnes() {
        assertThatThrownBy(() -> Moods.parse("calm,angry"))
                .hasMessageContaining("no mood 'angry'")
                .hasMessageContaining("vanishing");
    }
}
