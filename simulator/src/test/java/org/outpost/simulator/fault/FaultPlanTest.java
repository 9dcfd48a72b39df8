package org.outpost.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.identity.Population;

import java.time.Duration;
import java.util.stream.IntStream;

class FaultPlanTest {
    private final Population population =
            new Population("seed", "pc", "example.test", Generation.usual());

    @Test
    void aPlanIsReadWithItsAmounts() {
        FaultSource faults = of("busy, slow:1.5s, stale:3, close:7");

        assertThat(faults.answer()).isEqualTo(FaultSource.Answer.BUSY);
        assertThat(faults.delay()).isEqualTo(Duration.ofMillis(1500));
        assertThat(faults.requestsPerConnection(100)).isEqualTo(7);
        assertThat(IntStream.range(0, 8).mapToObj(i -> faults.nonceStale()))
                .containsExactly(false, false, false, true, false, false, false, true);
        assertThat(faults.outOfContexts()).isFalse();
        assertThat(faults.refusesCredentials()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"stuck, NEVER", "busy:1, BUSY", "truncate, TRUNCATED", "chunked, CHUNKED"})
    void eachKindOfAnswerHasItsName(String plan, FaultSource.Answer answer) {
        assertThat(of(plan).answer()).isEqualTo(answer);
    }

    @Test
    void aProbabilityIsKept() {
        FaultSource faults = of("busy:0.25");

        long busy =
                IntStream.range(0, 4000)
                        .filter(i -> faults.answer() == FaultSource.Answer.BUSY)
                        .count();
        assertThat(busy).isBetween(850L, 1150L);
    }

    @Test
    void aShareOfTheFleetHasItAndAlwaysTheSameDevices() {
        FaultPlan plan = FaultPlan.parse("stuck@5%");

        long stuck = population.devices(1, 2000).filter(device -> isStuck(plan, device)).count();

        assertThat(stuck).isBetween(60L, 140L);
        assertThat(population.devices(1, 50).map(device -> isStuck(plan, device)).toList())
                .isEqualTo(population.devices(1, 50).map(device -> isStuck(plan, device)).toList());
    }

    private static boolean isStuck(FaultPlan plan, DeviceProfile device) {
        return plan.of(device).answer() == FaultSource.Answer.NEVER;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tired | no fault 'tired'; there are busy, slow, stuck",
                "busy:2 | busy:AMOUNT takes a probability from 0 to 1, not '2'",
                "busy:often | takes a probability from 0 to 1",
                "slow | slow:AMOUNT takes a time such as 500ms or 2s, not nothing",
                "slow:2 | takes a time such as 500ms or 2s, not '2'",
                "slow:9999s | takes a time",
                "stale:0 | takes a whole number from 1",
                "close:1.5 | takes a whole number from 1",
                "busy@half | is a percentage such as 10%, not 'half'",
                "busy@101% | is a percentage",
                "busy, | no fault ''"
            })
    void whatIsWrongIsSaidWithWhatIsRight(String plan, String message) {
        assertThatThrownBy(() -> FaultPlan.parse(plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "", "busy@0%"})
    void nothingGoesWrongWhenNothingIsAsked(String plan) {
        assertThat(of(plan)).isSameAs(FaultSource.NONE);
    }

    @Test
    void theNamesOfFaultsTellWhichDevicesHaveThem() {
        FaultPlan plan = FaultPlan.parse("stuck:1@20%,busy:0.5@20%,slow:2s");
        for (int i = 1; i <= 100; i++) {
            DeviceProfile device = population.device(i);
            boolean stuck = plan.of(device).answer() == FaultSource.Answer.NEVER;
            assertThat(plan.namesOf(device).contains("stuck")).isEqualTo(stuck);
            assertThat(plan.namesOf(device)).contains("slow").hasSizeBetween(1, 3);
        }
    }

    private FaultSource of(String plan) {
        return FaultPlan.parse(plan).of(population.device(1));
    }
}
