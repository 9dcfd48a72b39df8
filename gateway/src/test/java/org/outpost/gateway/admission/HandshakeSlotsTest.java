package org.outpost.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

class HandshakeSlotsTest {
    private final List<String> begun = new ArrayList<>();

    private HandshakeSlots.Slot acquire(HandshakeSlots slots, String who) {
        return Objects.requireNonNull(slots.acquire(() -> begun.add(who)));
    }

    @Test
    void whoComesTooLateWaitsInOrder() {
        HandshakeSlots slots = new HandshakeSlots(1, 10);
        HandshakeSlots.Slot first = acquire(slots, "first");
        HandshakeSlots.Slot second = acquire(slots, "second");
        acquire(slots, "third");
        assertThat(begun).containsExactly("first");

        first.release();
        assertThat(begun).containsExactly("first", "second");
        second.release();
        assertThat(begun).containsExactly("first", "second", "third");
    }

    @Test
    void whoLeavesWhileWaitingTakesNoSlot() {
        HandshakeSlots slots = new HandshakeSlots(1, 10);
        HandshakeSlots.Slot first = acquire(slots, "first");
        HandshakeSlots.Slot gone = acquire(slots, "gone");
        acquire(slots, "third");

        gone.release();
        first.release();

        assertThat(begun).containsExactly("first", "third");
        assertThat(slots.inFlight()).isEqualTo(1);
    }

    @Test
    void theQueueIsBounded() {
        HandshakeSlots slots = new HandshakeSlots(1, 1);
        acquire(slots, "first");
        acquire(slots, "second");

        assertThat(slots.acquire(() -> begun.add("third"))).isNull();
    }

    @Property(tries = 200)
    void neverMoreInFlightThanSlotsAndNoneIsLost(
            @ForAll @IntRange(min = 1, max = 5) int size, @ForAll long seed) {
        HandshakeSlots slots = new HandshakeSlots(size, 1000);
        Random random = new Random(seed);
        List<HandshakeSlots.Slot> held = new ArrayList<>();
        int[] running = {0};
        for (int i = 0; i < 200; i++) {
            if (held.isEmpty() || random.nextBoolean()) {
                held.add(Objects.requireNonNull(slots.acquire(() -> running[0]++)));
            } else {
                HandshakeSlots.Slot slot = held.remove(random.nextInt(held.size()));
                slot.release();
                slot.release();
            }
            assertThat(slots.inFlight()).isLessThanOrEqualTo(size);
            assertThat(slots.inFlight()).isEqualTo(Math.min(size, held.size()));
        }
        held.forEach(HandshakeSlots.Slot::release);
        assertThat(slots.inFlight()).isZero();
    }
}
