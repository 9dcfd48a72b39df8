package org.outpost.inventory.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.inventory.Inventory;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

@OnBothDatabases
class JobRunnerTest {
    private static final JobSettings SETTINGS =
            new JobSettings(64, 3, 5_000, Duration.ofDays(30), Duration.ofSeconds(2));
    private static final JobViewer EVERYBODY = new JobViewer("", null);

    private final TestDatabase place;
    private final Devices devices = new Devices();
    private Database database;
    private JobRunner runner;

    JobRunnerTest(DatabaseKind kind, @TempDir Path folder) {
        place = kind.fresh(folder);
        database = open();
        runner = runner(SETTINGS);
    }

    private Database open() {
        List<String> migrations = List.of(Inventory.MIGRATIONS);
        return place.open(
                file -> Database.sqlite(file, migrations),
                address ->
                        Database.postgres(
                                PostgresSettings.of(address.url(), address.user(), null, 2),
                                migrations));
    }

    private JobRunner runner(JobSettings settings) {
        JobRunner made =
                new JobRunner(new JobStore(database), devices, settings, InstantSource.system());
        made.open();
        return made;
    }

    @AfterEach
    void close() {
        devices.holding.values().forEach(answer -> answer.complete(Outcome.DONE));
        runner.close();
        database.close();
    }

    /** Devices that answer at once, apart from those that hold. */
    private static final class Devices implements JobWork {
        final Map<UUID, AtomicInteger> sent = new ConcurrentHashMap<>();
        final Map<UUID, CompletableFuture<Outcome>> holding = new ConcurrentHashMap<>();
        final Map<UUID, Outcome> told = new ConcurrentHashMap<>();
        volatile long holdFrom = Long.MAX_VALUE;

        @Override
        public CompletionStage<Boolean> isReachable(UUID device) {
            return CompletableFuture.completedStage(true);
        }

        @Override
        public Optional<String> refusal(Job job, UUID device) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Outcome> carryOut(Job job, UUID device, Duration deadline) {
            sent.computeIfAbsent(device, _ -> new AtomicInteger()).incrementAndGet();
            if (device.getLeastSignificantBits() >= holdFrom) {
                CompletableFuture<Outcome> answer = new CompletableFuture<>();
                holding.put(device, answer);
                return answer;
            }
            return CompletableFuture.completedStage(
                    device.getLeastSignificantBits() % 10 == 3
                            ? Outcome.failed("busy", "The device is too busy.")
                            : Outcome.DONE);
        }

        @Override
        public void ended(Job job, UUID device, Outcome outcome) {
            told.put(device, outcome);
        }
    }

    private static List<UUID> ids(int from, int to) {
        return LongStream.range(from, to).mapToObj(number -> new UUID(9, number)).toList();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private Job start(JobAction action, List<UUID> which, List<UUID> denied) throws Exception {
        return get(
                runner.start(
                        new NewJob(
                                Jobs.OWNER,
                                Jobs.template(action, 8, Duration.ZERO),
                                "",
                                which,
                                denied)));
    }

    private Job ended(Job job) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> get(runner.store().find(job.id())).orElseThrow(),
                        found -> found.ended() != null);
    }

    /** The process is gone without a word, and another one starts. */
    private void restart() {
        // The former runner is left alone with a database that is gone.
        database.close();
        database = open();
        runner = runner(SETTINGS);
    }

    @Test
    void eachDeviceHasAResultAndTheCountsAddUp() throws Exception {
        Job job = start(JobAction.RESET, ids(0, 2_500), ids(5_000, 5_003));
        assertThat(job.devices()).isEqualTo(2_503);

        Job end = ended(job);

        assertThat(end.counts())
                .containsOnly(
                        Map.entry(DeviceState.DONE, 2_250L),
                        Map.entry(DeviceState.FAILED, 250L),
                        Map.entry(DeviceState.DENIED, 3L));
        assertThat(end.state()).isEqualTo("ended");
        assertThat(end.template().reason()).isEqualTo("because");
        List<JobDevice> failed = get(runner.store().devices(job.id(), DeviceState.FAILED, 2, 1));
        assertThat(failed)
                .extracting(device -> device.device().getLeastSignificantBits())
                .containsExactly(13L, 23L);
        assertThat(failed.getFirst().code()).isEqualTo("busy");
        assertThat(failed.getFirst().began()).isNotNull();
        assertThat(failed.getFirst().ended()).isNotNull();
        assertThat(devices.told).hasSize(2_500);
    }

    @Test
    void whatMustNotBeRepeatedIsUnknownAfterARestart() throws Exception {
        devices.holdFrom = 100;
        Job job = start(JobAction.RESET, ids(0, 110), List.of());
        await().until(() -> devices.holding.size() == 8);
        devices.holdFrom = Long.MAX_VALUE;

        restart();
        Job end = ended(job);

        assertThat(end.counts().get(DeviceState.UNKNOWN)).isEqualTo(8);
        assertThat(devices.sent.values()).allMatch(times -> times.get() == 1);
        assertThat(devices.sent).hasSize(110);
        assertThat(get(runner.store().devices(job.id(), DeviceState.UNKNOWN, 10, 0)))
                .allMatch(device -> device.detail().contains("look at the device"))
                .allMatch(device -> Outcome.UNKNOWN.equals(devices.told.get(device.device())));
    }

    @Test
    void whatMayBeRepeatedIsDoneAfterARestart() throws Exception {
        devices.holdFrom = 100;
        Job job = start(JobAction.POWER_ON, ids(0, 110), List.of());
        await().until(() -> devices.holding.size() == 8);
        devices.holdFrom = Long.MAX_VALUE;

        restart();
        Job end = ended(job);

        assertThat(end.counts())
                .containsOnly(Map.entry(DeviceState.DONE, 99L), Map.entry(DeviceState.FAILED, 11L));
        assertThat(devices.sent.values().stream().filter(times -> times.get() == 2).count())
                .isEqualTo(8);
    }

    @Test
    void aJobThatWasCancelledStaysSoAfterARestart() throws Exception {
        devices.holdFrom = 0;
        Job job = start(JobAction.RESET, ids(0, 50), List.of());
        await().until(() -> devices.holding.size() == 8);
        assertThat(get(runner.cancel(job.id()))).isTrue();

        restart();
        Job end = ended(job);

        assertThat(end.state()).isEqualTo("cancelled");
        assertThat(end.counts())
                .containsOnly(
                        Map.entry(DeviceState.CANCELLED, 42L), Map.entry(DeviceState.UNKNOWN, 8L));
        assertThat(devices.sent).hasSize(8);
        assertThat(get(runner.cancel(job.id()))).isFalse();
    }

    @Test
    void aJobNobodyWasToldOfIsTakenAway() throws Exception {
        JobStore store = new JobStore(database);
        Job job = Jobs.job(JobAction.RESET, 1, Duration.ZERO, Instant.now());
        assertThat(get(store.add(job, 10))).isTrue();

        restart();

        assertThat(get(runner.store().find(job.id()))).isEmpty();
        assertThat(get(runner.store().list(EVERYBODY, 10, 0)).total()).isZero();
        assertThat(get(new JobStore(database).resume(Instant.now()))).isEmpty();
    }

    @Test
    void tooManyDevicesAndTooManyJobsAreRefused() throws Exception {
        assertThatThrownBy(() -> start(JobAction.RESET, ids(0, 5_001), List.of()))
                .hasCauseInstanceOf(JobRefusedException.class)
                .hasMessageContaining("5000 devices");
        devices.holdFrom = 0;
        for (int i = 0; i < 3; i++) {
            start(JobAction.RESET, ids(10 * i, 10 * i + 1), List.of());
        }
        assertThatThrownBy(() -> start(JobAction.RESET, ids(100, 101), List.of()))
                .hasCauseInstanceOf(JobRefusedException.class)
                .hasMessageContaining("3 jobs run already");
    }

    @Test
    void jobsAreListedForWhoeverMaySeeThem() throws Exception {
        Job first = ended(start(JobAction.RESET, ids(0, 1), List.of()));
        Job second = ended(start(JobAction.SYNC_TIME, ids(1, 2), List.of()));

        JobStore.Page<Job> mine =
                get(runner.store().list(new JobViewer("user:iris", Set.of()), 10, 0));
        assertThat(mine.entries())
                .extracting(Job::id)
                .containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(get(runner.store().list(new JobViewer("user:bob", Set.of()), 10, 0)).total())
                .isZero();
        JobStore.Page<Job> tenant =
                get(runner.store().list(new JobViewer("user:bob", Set.of("a", "acme")), 1, 1));
        assertThat(tenant.total()).isEqualTo(2);
        assertThat(tenant.entries()).hasSize(1);
    }

    @Test
    void jobsThatEndedLongAgoAreTakenAway() throws Exception {
        Job job = ended(start(JobAction.RESET, ids(0, 2_100), List.of()));
        JobStore store = runner.store();
        get(store.purge(Instant.now(), Duration.ofDays(1)));
        assertThat(get(store.find(job.id()))).isPresent();

        get(store.purge(Instant.now().plus(Duration.ofDays(2)), Duration.ofDays(1)));

        assertThat(get(store.find(job.id()))).isEmpty();
        assertThat(get(store.devices(job.id(), null, 10, 0))).isEmpty();
    }
}
