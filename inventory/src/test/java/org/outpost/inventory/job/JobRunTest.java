package org.outpost.inventory.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

class JobRunTest {
    private final FakeLoop loop = new FakeLoop();
    private final FakeWork work = new FakeWork();
    private final List<String> over = new ArrayList<>();

    private JobRun run(FakeJournal journal, JobAction action, int parallelism, Turns turns) {
        return run(journal, action, parallelism, turns, Duration.ZERO);
    }

    private JobRun run(
            FakeJournal journal, JobAction action, int parallelism, Turns turns, Duration waiting) {
        return new JobRun(
                Jobs.job(action, parallelism, waiting, loop.now()),
                journal,
                work,
                turns,
                loop,
                () -> over.add("over"));
    }

    private void settle(FakeJournal... journals) {
        boolean busy = true;
        while (busy) {
            loop.runDue();
            busy = false;
            for (FakeJournal journal : journals) {
                if (!journal.isIdle()) {
                    journal.step(FakeJournal.Fate.DONE);
                    busy = true;
                }
            }
        }
    }

    @Test
    void noMoreDevicesThanAllowedAreAskedAtOnceAndAllInTheEnd() {
        FakeJournal journal = new FakeJournal(3 * JobRun.PAGE + 7);
        run(journal, JobAction.RESET, 16, new Turns(100)).start();
        settle(journal);
        while (!work.open.isEmpty()) {
            work.answer(0, Outcome.DONE);
            settle(journal);
        }

        assertThat(over).containsExactly("over");
        assertThat(work.most).isEqualTo(16);
        assertThat(journal.states).containsOnly(DeviceState.DONE);
        assertThat(work.sent.values()).containsOnly(1);
    }

    @Test
    void aDeviceThatNeverAnswersHoldsUpNobodyElse() {
        FakeJournal journal = new FakeJournal(20);
        run(journal, JobAction.RESET, 2, new Turns(100)).start();
        settle(journal);
        // The first never answers; the others pass by it.
        while (work.open.size() > 1) {
            work.answer(1, Outcome.DONE);
            settle(journal);
        }
        assertThat(Collections.frequency(journal.states, DeviceState.DONE)).isEqualTo(19);
        assertThat(over).isEmpty();

        loop.advance(Duration.ofSeconds(15));
        settle(journal);

        assertThat(journal.states.getFirst()).isEqualTo(DeviceState.FAILED);
        assertThat(over).containsExactly("over");
    }

    @Test
    void aSmallJobDoesNotWaitForALargeOne() {
        FakeJournal large = new FakeJournal(1_000);
        FakeJournal small = new FakeJournal(5);
        Turns turns = new Turns(4);
        run(large, JobAction.RESET, 256, turns).start();
        settle(large);
        assertThat(work.open).hasSize(4);
        run(small, JobAction.RESET, 256, turns).start();
        settle(large, small);
        for (int i = 0; i < 14; i++) {
            work.answer(0, Outcome.DONE);
            settle(large, small);
        }

        assertThat(small.states).containsOnly(DeviceState.DONE);
        assertThat(Collections.frequency(large.states, DeviceState.DONE)).isBetween(5, 10);
    }

    @Test
    void anOfflineDeviceIsWaitedForUntilTheTimeIsOver() {
        FakeJournal journal = new FakeJournal(2);
        work.offline.add(FakeJournal.target(0).device());
        work.offline.add(FakeJournal.target(1).device());
        run(journal, JobAction.RESET, 2, new Turns(10), Duration.ofMinutes(1)).start();
        settle(journal);
        assertThat(journal.states).containsOnly(DeviceState.WAITING);

        work.offline.remove(FakeJournal.target(1).device());
        loop.advance(Duration.ofSeconds(5));
        settle(journal);
        assertThat(work.sentTo(1)).isEqualTo(1);
        work.answer(0, Outcome.DONE);
        settle(journal);
        assertThat(journal.states).containsExactly(DeviceState.WAITING, DeviceState.DONE);
        assertThat(over).isEmpty();

        for (int i = 0; i < 60; i++) {
            loop.advance(Duration.ofSeconds(1));
            settle(journal);
        }
        assertThat(journal.states).containsExactly(DeviceState.OFFLINE, DeviceState.DONE);
        assertThat(over).containsExactly("over");
    }

    @Test
    void rightsAreAskedAgainAtEachTurn() {
        FakeJournal journal = new FakeJournal(3);
        run(journal, JobAction.RESET, 1, new Turns(10)).start();
        settle(journal);
        assertThat(work.open).hasSize(1);

        work.forbidden.add(FakeJournal.target(1).device());
        work.forbidden.add(FakeJournal.target(2).device());
        work.answer(0, Outcome.DONE);
        settle(journal);

        assertThat(journal.states)
                .containsExactly(DeviceState.DONE, DeviceState.DENIED, DeviceState.DENIED);
        assertThat(work.sent).hasSize(1);
    }

    @Test
    void aJobThatIsCancelledAsksNobodyElse() {
        FakeJournal journal = new FakeJournal(10);
        JobRun run = run(journal, JobAction.RESET, 2, new Turns(10));
        run.start();
        settle(journal);
        run.cancel();
        settle(journal);
        assertThat(Collections.frequency(journal.states, DeviceState.CANCELLED)).isEqualTo(8);
        assertThat(over).isEmpty();

        work.answer(0, Outcome.DONE);
        work.answer(0, Outcome.failed("busy", "busy"));
        settle(journal);

        assertThat(work.sent).hasSize(2);
        assertThat(over).containsExactly("over");
    }

    @Test
    void nobodyIsAskedBeforeThatIsWritten() {
        FakeJournal journal = new FakeJournal(1);
        run(journal, JobAction.RESET, 1, new Turns(1)).start();
        journal.step(FakeJournal.Fate.DONE);
        loop.runDue();
        for (int i = 0; i < 5; i++) {
            journal.step(FakeJournal.Fate.REFUSED);
            loop.runDue();
            loop.advance(Duration.ofSeconds(1));
            assertThat(work.sent).isEmpty();
        }
        settle(journal);
        assertThat(work.sent).hasSize(1);
    }

    @Test
    void aFaultOfOurOwnIsAnOutcome() {
        FakeJournal journal = new FakeJournal(1);
        run(journal, JobAction.RESET, 1, new Turns(1)).start();
        settle(journal);
        work.open.getFirst().completeExceptionally(new IllegalStateException("oh"));
        settle(journal);

        assertThat(journal.states).containsExactly(DeviceState.FAILED);
        assertThat(over).containsExactly("over");
    }
}
