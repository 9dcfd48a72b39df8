package org.outpost.inventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.outpost.inventory.notification.Announcement.State;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** However long the database is away: the queue stays bounded and each device's story holds. */
final class ChangeQueuePropertyTest {
    private static final int DEVICES = 6;
    private static final int CAPACITY = 40;
    private static final long PLENTY = 1 << 30;

    private static Change change(int device, EventType type) {
        return type == EventType.CONNECTED
                ? Changes.connected(device)
                : Changes.disconnected(device);
    }

    @Property
    void eachDeviceAlternatesAndItsLastStateIsRight(
            @ForAll @Size(min = 1, max = 400)
                    List<@IntRange(min = 0, max = DEVICES - 1) Integer> turns,
            @ForAll @IntRange(min = 1, max = 7) int batch,
            @ForAll @IntRange(min = 2, max = 90) int takeEvery) {
        ChangeQueue queue = new ChangeQueue(CAPACITY, PLENTY);
        Map<Integer, EventType> now = new HashMap<>();
        List<Change> taken = new ArrayList<>();
        int told = 0;
        for (int i = 0; i < turns.size(); i++) {
            EventType next =
                    now.get(turns.get(i)) == EventType.CONNECTED
                            ? EventType.DISCONNECTED
                            : EventType.CONNECTED;
            now.put(turns.get(i), next);
            queue.add(change(turns.get(i), next));
            told++;
            assertThat(queue.size()).isLessThanOrEqualTo(CAPACITY);
            if (i % takeEvery == takeEvery - 1) {
                taken.addAll(queue.take(batch));
            }
        }
        taken.addAll(queue.take(Integer.MAX_VALUE));

        assertThat(taken.stream().filter(change -> change.event() != null).count())
                .isEqualTo(told - queue.dropped());
        Map<UUID, EventType> last = new HashMap<>();
        Map<UUID, State> states = new HashMap<>();
        for (Change change : taken) {
            if (change.event() != null) {
                EventType before = last.put(change.event().device(), change.event().type());
                assertThat(change.event().type()).isNotEqualTo(before);
                if (before == null) {
                    assertThat(change.event().type()).isEqualTo(EventType.CONNECTED);
                }
            }
            Announcement state = Objects.requireNonNull(change.announcement());
            states.put(state.device(), state.state());
        }
        now.forEach(
                (device, type) ->
                        assertThat(states.get(new UUID(0, device)))
                                .isEqualTo(
                                        type == EventType.CONNECTED
                                                ? State.CONNECTED
                                                : State.DISCONNECTED));
    }

    @Property(tries = 50)
    void nothingIsDroppedWhileThereIsRoom(
            @ForAll @Size(max = CAPACITY)
                    List<@IntRange(min = 0, max = DEVICES - 1) Integer> turns) {
        ChangeQueue queue = new ChangeQueue(CAPACITY, PLENTY);
        turns.forEach(device -> queue.add(change(device, EventType.CONNECTED)));

        assertThat(queue.take(Integer.MAX_VALUE)).hasSameSizeAs(turns);
        assertThat(queue.dropped()).isZero();
    }
}
