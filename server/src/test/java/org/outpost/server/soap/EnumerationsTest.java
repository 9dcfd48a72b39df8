package org.outpost.server.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

class EnumerationsTest {
    private final AtomicLong now = new AtomicLong();
    private final Enumerations enumerations = new Enumerations(now::get);

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "pc-" + i).toList();
    }

    private void refused(String console, long number) {
        assertThatThrownBy(() -> enumerations.pull(console, number, 1))
                .isInstanceOfSatisfying(
                        SoapFaultException.class,
                        fault ->
                                assertThat(fault.symbol())
                                        .isEqualTo("RET_INVALID_ENUMERATION_CONTEXT"));
    }

    @Test
    void pullingReturnsEachNameOnceAndThenTheEnumerationHasEnded() throws SoapFaultException {
        long number = enumerations.begin("desk", names(5));
        List<String> seen = new ArrayList<>();

        Enumerations.Part part;
        do {
            part = enumerations.pull("desk", number, 2);
            assertThat(part.names()).hasSizeLessThanOrEqualTo(2);
            seen.addAll(part.names());
        } while (!part.last());

        assertThat(seen).isEqualTo(names(5));
        refused("desk", number);
    }

    @Test
    void nobodyConnectedIsAnEmptyEndedSequence() throws SoapFaultException {
        long number = enumerations.begin("desk", List.of());

        assertThat(enumerations.pull("desk", number, 1))
                .isEqualTo(new Enumerations.Part(List.of(), true));
    }

    @Test
    void onePullReturnsAThousandAtMost() throws SoapFaultException {
        long number = enumerations.begin("desk", names(1500));

        assertThat(enumerations.pull("desk", number, 4294967295L).names())
                .hasSize(Enumerations.MOST_ELEMENTS);
    }

    @Test
    void anEnumerationBelongsToTheConsoleThatBeganIt() throws SoapFaultException {
        long number = enumerations.begin("desk", names(2));

        refused("another", number);
        assertThat(enumerations.pull("desk", number, 1).names()).containsExactly("pc-0");
    }

    @Test
    void releasedOrForgottenEnumerationsHaveEnded() throws SoapFaultException {
        long released = enumerations.begin("desk", names(2));
        long forgotten = enumerations.begin("desk", names(2));

        enumerations.release("desk", released);
        now.addAndGet(Enumerations.LIFE.toNanos() + 1);

        refused("desk", released);
        refused("desk", forgotten);
    }

    @Test
    void oneConsoleHoldsSoManyAndOthersStillGetTheirs() throws SoapFaultException {
        for (int i = 0; i < Enumerations.EACH; i++) {
            enumerations.begin("greedy", names(1));
        }

        assertThatThrownBy(() -> enumerations.begin("greedy", names(1)))
                .isInstanceOf(SoapFaultException.class)
                .hasMessageContaining("too many");
        assertThat(enumerations.begin("desk", names(1))).isPositive();
    }
}
