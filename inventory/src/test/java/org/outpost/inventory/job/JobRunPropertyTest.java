package org.outpost.inventory.job;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.time.Duration;
import java.util.List;

/**
 * Whatever comes between, answers, time, outages of the database, cancelling, kill -9: each device
 * is accounted for once, and what must not be repeated is sent once at most.
 */
final class JobRunPropertyTest {
    private static final Duration WAITING = Duration.ofSeconds(60);

    private static final class World {
        final JobAction action;
        final int parallelism;
        final FakeLoop loop = new FakeLoop();
        final FakeJournal journal;
        final FakeWork work = new FakeWork();
        boolean cancelled;
        boolean over;
        Job job;
        JobRun run;

        World(JobAction action, int devices, int parallelism) {
            this.action = action;
            this.parallelism = parallelism;
            this.journal = new FakeJournal(devices);
            this.job = Jobs.job(action, parallelism, WAITING, loop.now());
            this.run = lead();
        }

        JobRun lead() {
            JobRun fresh =
                    new JobRun(job, journal, work, new Turns(parallelism), loop, () -> over = true);
            fresh.start();
            return fresh;
        }

        void step(int what) {
            int detail = what / 16;
            switch (what % 16) {
                case 0, 1, 2, 3, 4, 5 -> journal.step(FakeJournal.Fate.DONE);
                case 6 -> journal.step(FakeJournal.Fate.REFUSED);
                case 7 -> journal.step(FakeJournal.Fate.DONE_UNHEARD);
                case 8, 9 -> work.answer(detail, Outcome.DONE);
                case 10 -> work.answer(detail, Outcome.failed("busy", "busy"));
                case 11 -> loop.advance(Duration.ofSeconds(detail % 20));
                case 12 -> toggle(detail);
                case 13 -> {
                    if (detail % 8 == 0) {
                        cancelled = true;
                        job = Jobs.cancelled(job, loop.now());
                        run.cancel();
                    }
                }
                case 14 -> {
                    if (detail % 4 == 0) {
                        crash(detail);
                    }
                }
                default -> loop.runDue();
            }
            assertThat(run.underWay()).isBetween(0, parallelism);
        }

        private void toggle(int detail) {
            var device = FakeJournal.target(detail % journal.states.size()).device();
            if (!work.offline.remove(device)) {
                work.offline.add(device);
            }
        }

        private void crash(int detail) {
            journal.crash(detail % 3, action);
            loop.crash();
            work.open.clear();
            over = false;
            run = lead();
        }

        /** Everything answers from now on. */
        void drain() {
            for (int i = 0; i < 2_000 && !over; i++) {
                loop.runDue();
                if (!journal.isIdle()) {
                    journal.step(FakeJournal.Fate.DONE);
                } else if (!work.open.isEmpty()) {
                    work.answer(0, Outcome.DONE);
                } else {
                    loop.advance(Duration.ofSeconds(1));
                }
            }
        }
    }

    @Property(tries = 2_000)
    void eachDeviceIsAccountedForOnce(
            @ForAll @Size(max = 250) List<@IntRange(min = 0, max = 4_000) Integer> steps,
            @ForAll @IntRange(min = 1, max = 12) int devices,
            @ForAll @IntRange(min = 1, max = 4) int parallelism,
            @ForAll boolean repeatable) {
        World world =
                new World(repeatable ? JobAction.POWER_ON : JobAction.RESET, devices, parallelism);
        steps.forEach(world::step);
        world.drain();

        assertThat(world.over).as("the job has ended").isTrue();
        assertThat(world.journal.finished).isTrue();
        for (int i = 0; i < devices; i++) {
            DeviceState state = world.journal.states.get(i);
            assertThat(state.isFinal()).as("device %d is %s", i, state).isTrue();
            if (!repeatable) {
                assertThat(world.work.sentTo(i)).as("device %d, %s", i, state).isLessThan(2);
            }
            switch (state) {
                case DONE -> assertThat(world.work.sentTo(i)).isPositive();
                case OFFLINE -> assertThat(repeatable || world.work.sentTo(i) == 0).isTrue();
                case CANCELLED -> {
                    assertThat(world.cancelled).isTrue();
                    assertThat(repeatable || world.work.sentTo(i) == 0).isTrue();
                }
                case UNKNOWN -> assertThat(repeatable).isFalse();
                default -> {}
            }
        }
    }
}
