package org.outpost.inventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class ChangeQueueTest {
    private static final long PLENTY = 1 << 30;

    private static List<Change> all(ChangeQueue queue) {
        return queue.take(Integer.MAX_VALUE);
    }

    @Test
    void aTenthIsFreedAtOnceAlthoughNoConnectionEnded() {
        ChangeQueue queue = new ChangeQueue(100, PLENTY);
        List<Change> changes = IntStream.rangeClosed(1, 101).mapToObj(Changes::connected).toList();
        changes.forEach(queue::add);

        assertThat(queue.size()).isEqualTo(91);
        assertThat(queue.dropped()).isEqualTo(10);
        assertThat(all(queue)).isEqualTo(changes.subList(10, 101));
    }

    @Test
    void alertsAreLeftOutBeforeConnections() {
        ChangeQueue queue = new ChangeQueue(100, PLENTY);
        List<Change> connections =
                IntStream.rangeClosed(1, 50).mapToObj(Changes::connected).toList();
        List<Change> alerts =
                IntStream.rangeClosed(1, 50).mapToObj(device -> Changes.alert(device, 1)).toList();
        connections.forEach(queue::add);
        alerts.forEach(queue::add);
        Change next = Changes.connected(51);
        queue.add(next);

        assertThat(queue.dropped()).isEqualTo(10);
        assertThat(all(queue))
                .containsSubsequence(connections)
                .containsSubsequence(alerts.subList(10, 50))
                .endsWith(next)
                .hasSize(91);
    }

    @Test
    void overItsBudgetTheOldestAlertsAreLeftOutAndNoConnection() {
        ChangeQueue queue = new ChangeQueue(10_000, 100_000);
        List<Change> connections =
                IntStream.rangeClosed(1, 20).mapToObj(Changes::connected).toList();
        List<Change> alerts =
                IntStream.range(0, 500).mapToObj(device -> Changes.alert(device, 1_000)).toList();
        connections.forEach(queue::add);
        alerts.forEach(queue::add);

        List<Change> kept = all(queue);

        assertThat(kept.stream().mapToLong(EventSize::of).sum()).isBetween(85_000L, 100_000L);
        assertThat(kept).startsWith(connections.toArray(Change[]::new)).endsWith(alerts.getLast());
        assertThat(kept.subList(20, kept.size()))
                .isEqualTo(alerts.subList(500 - (kept.size() - 20), 500));
        assertThat(queue.dropped()).isEqualTo(520 - kept.size());
    }

    @Test
    void connectionsAreHeldBeyondTheBudget() {
        ChangeQueue queue = new ChangeQueue(10_000, 1_000);
        IntStream.range(0, 1_000).mapToObj(Changes::connected).forEach(queue::add);

        assertThat(queue.size()).isEqualTo(1_000);
        assertThat(queue.hasRoomForAlerts()).isFalse();
    }

    @Test
    void alertsHaveRoomInTheFirstHalfAlone() {
        ChangeQueue queue = new ChangeQueue(10_000, 100_000);
        assertThat(queue.hasRoomForAlerts()).isTrue();
        queue.add(Changes.alert(1, 26_000));
        assertThat(queue.hasRoomForAlerts()).isFalse();
        assertThat(queue.take(1)).hasSize(1);
        assertThat(queue.hasRoomForAlerts()).isTrue();
    }

    @Test
    void whatIsDroppedInTheMiddleIsNotGoneBeforeWhatIsOlder() {
        ChangeQueue queue = new ChangeQueue(100, PLENTY);
        queue.add(Changes.connected(1));
        IntStream.range(0, 300).forEach(_ -> queue.add(Changes.alert(1, 1)));

        assertThat(queue.dropped()).isPositive();
        assertThat(queue.gone()).isZero();
        assertThat(queue.take(1)).hasSize(1);
        assertThat(queue.gone()).isEqualTo(queue.dropped() + 1);
        assertThat(queue.added()).isEqualTo(301);
    }
}
