package org.outpost.apf.channel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The rules of design section 4 on receive windows. */
class LocalWindowTest {
    private static final int K = 1024;
    private static final long RTT = TimeUnit.MILLISECONDS.toNanos(50);
    private final WindowBudget budget = new WindowBudget(4096 * K);

    private LocalWindow window(int initial, int maximum) {
        return new LocalWindow(new WindowSettings(initial, maximum, budget), 0);
    }

    @Test
    void creditGoesBackOnceMoreThanHalfWasConsumed() {
        LocalWindow window = window(80 * K, 80 * K);
        window.receive(80 * K);
        assertThat(window.consume(40 * K, 0, 0)).isZero();
        assertThat(window.consume(1, 0, 0)).isEqualTo(40 * K + 1);
        assertThat(window.consume(40 * K - 1, 0, 0)).isZero();
    }

    @Test
    void windowOfOneByteIsGrantedByteByByte() {
        LocalWindow window = window(1, 1);
        for (int i = 0; i < 5; i++) {
            assertThat(window.receive(1)).isTrue();
            assertThat(window.consume(1, i, RTT)).isEqualTo(1);
        }
    }

    @Test
    void twiceTheWindowIsToleratedAndNoMore() {
        LocalWindow window = window(1000, 1000);
        assertThat(window.receive(1000)).isTrue();
        assertThat(window.receive(1000)).isTrue();
        assertThat(window.receive(1)).isFalse();
    }

    @Test
    void growsWhenItLimitsForAWholeRoundTrip() {
        LocalWindow window = window(80 * K, 1024 * K);
        long now = 0;
        int[] sizes = new int[6];
        for (int i = 0; i < sizes.length; i++) {
            int all = window.size();
            now += RTT;
            window.receive(all);
            window.consume(all, now, RTT);
            sizes[i] = window.size();
        }
        assertThat(sizes).containsExactly(160 * K, 320 * K, 640 * K, 1024 * K, 1024 * K, 1024 * K);
        assertThat(budget.reserved()).isEqualTo(1024 * K);
    }

    @Test
    void growthIsGrantedAtOnce() {
        LocalWindow window = window(80 * K, 1024 * K);
        window.receive(80 * K);
        assertThat(window.consume(80 * K, RTT, RTT)).isEqualTo(160 * K);
    }

    @Test
    void doesNotGrowForASlowStreamNorWithoutAMeasurement() {
        LocalWindow slow = window(80 * K, 1024 * K);
        slow.receive(80 * K);
        slow.consume(80 * K, 3 * RTT, RTT);
        assertThat(slow.size()).isEqualTo(80 * K);

        LocalWindow unmeasured = window(80 * K, 1024 * K);
        unmeasured.receive(80 * K);
        unmeasured.consume(80 * K, 1, 0);
        assertThat(unmeasured.size()).isEqualTo(80 * K);
    }

    @Test
    void shrinksByGrantingLessWhenLittleIsUsed() {
        LocalWindow window = window(80 * K, 320 * K);
        long now = 0;
        for (int i = 0; i < 3; i++) {
            int all = window.size();
            now += RTT;
            window.receive(all);
            window.consume(all, now, RTT);
        }
        assertThat(window.size()).isEqualTo(320 * K);
        long credit = 320 * K;
        long received = 0;
        for (int i = 0; i < 400; i++) {
            now += TimeUnit.SECONDS.toNanos(1) + 1;
            window.receive(K);
            received += K;
            credit += window.consume(K, now, RTT);
        }
        assertThat(window.size()).isEqualTo(80 * K);
        assertThat(budget.reserved()).isEqualTo(80 * K);
        assertThat(credit - received).isBetween(40L * K - K, 80L * K);
    }

    @Test
    void growthStopsAtTheBudgetAndANewChannelStillGetsALittle() {
        WindowBudget small = new WindowBudget(200 * K);
        WindowSettings settings = new WindowSettings(80 * K, 1024 * K, small);
        LocalWindow first = new LocalWindow(settings, 0);
        LocalWindow second = new LocalWindow(settings, 0);
        first.receive(80 * K);
        first.consume(80 * K, RTT, RTT);
        assertThat(first.size()).isEqualTo(80 * K);

        LocalWindow third = new LocalWindow(settings, 0);
        assertThat(third.size()).isEqualTo(16 * K);
        first.release();
        second.release();
        third.release();
        assertThat(small.reserved()).isZero();
    }

    @Property
    void peerNeverHoldsMoreThanTheWindowAndNeverStarves(
            @ForAll @IntRange(min = 1, max = 100_000) int initial,
            @ForAll @Size(max = 60) List<@IntRange(max = 300_000) Integer> steps) {
        WindowBudget own = new WindowBudget(1 << 20);
        LocalWindow window = new LocalWindow(new WindowSettings(initial, 1 << 20, own), 0);
        long credit = window.size();
        long unread = 0;
        long now = 0;
        for (int step : steps) {
            now += step * 10_000L;
            int sent = (int) Math.min(step, credit);
            credit -= sent;
            assertThat(window.receive(sent)).isTrue();
            unread += sent;
            int taken = (int) (unread * (step % 5) / 4);
            unread -= Math.min(unread, taken);
            credit += window.consume(Math.min(taken, (int) (unread + taken)), now, RTT);
            assertThat(credit).isBetween(0L, 1L << 20);
        }
        credit += window.consume((int) unread, now, RTT);
        assertThat(credit).isPositive();
        window.release();
        assertThat(own.reserved()).isZero();
    }
}
