package org.outpost.inventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

class EventTailTest {
    private static List<Event> events(long first, long last, int characters) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(sequence -> Changes.event(sequence, characters))
                .toList();
    }

    /** How many of the newest are in memory. */
    private static long held(EventTail tail) {
        long from = tail.last();
        while (from > 0 && tail.after(from - 1, 1).isPresent()) {
            from--;
        }
        return tail.last() - from;
    }

    @Test
    void theOldestAreForgottenWhenThereAreTooMany() {
        EventTail tail = new EventTail(10, 1 << 30, 0);
        tail.add(events(1, 35, 1));

        assertThat(held(tail)).isEqualTo(10);
        assertThat(tail.after(25, 100))
                .hasValueSatisfying(
                        it ->
                                assertThat(it.stream().map(Event::sequence))
                                        .isEqualTo(
                                                LongStream.rangeClosed(26, 35).boxed().toList()));
        assertThat(tail.after(24, 100)).isEmpty();
    }

    @Test
    void theOldestAreForgottenWhenTheyTakeTooMuchMemory() {
        EventTail tail = new EventTail(1_000, 100_000, 0);
        tail.add(events(1, 500, 1));
        long small = held(tail);
        tail.add(events(501, 520, 10_000));

        assertThat(small).isBetween(100L, 200L);
        assertThat(held(tail)).isEqualTo(4);
        assertThat(tail.last()).isEqualTo(520);
        tail.add(events(521, 1_000, 1));
        assertThat(held(tail)).isEqualTo(small);
    }

    @Test
    void whatIsLargerThanAllMemoryIsForgottenAtOnce() {
        EventTail tail = new EventTail(10, 1_000, 0);
        tail.add(events(1, 1, 10_000));

        assertThat(tail.last()).isEqualTo(1);
        assertThat(tail.after(0, 10)).isEmpty();
        assertThat(tail.after(1, 10)).contains(List.of());
        tail.add(events(2, 2, 1));
        assertThat(tail.after(1, 10)).hasValueSatisfying(it -> assertThat(it).hasSize(1));
    }
}
