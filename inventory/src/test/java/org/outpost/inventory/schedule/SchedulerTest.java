package org.outpost.inventory.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.inventory.Inventory;
import org.outpost.inventory.job.DeviceQuery;
import org.outpost.inventory.job.JobAction;
import org.outpost.inventory.job.JobOwner;
import org.outpost.inventory.job.JobTemplate;
import org.outpost.inventory.job.JobViewer;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

@OnBothDatabases
class SchedulerTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final JobOwner OWNER =
            new JobOwner("user:iris", "iris", "acme", "password", "", "{}");
    private static final JobTemplate TEMPLATE =
            new JobTemplate(
                    new DeviceQuery(List.of(), Set.of("lab"), true, "", false),
                    JobAction.RESET,
                    16,
                    Duration.ofSeconds(60),
                    Duration.ZERO,
                    "",
                    "");

    private final TestDatabase place;
    private Database database;
    private ScheduleStore store;
    private Instant now = NOON;
    private final List<Instant> started = new ArrayList<>();
    private @Nullable String refusal;
    private boolean dies;

    SchedulerTest(DatabaseKind kind, @TempDir Path folder) {
        place = kind.fresh(folder);
        database = open();
        store = new ScheduleStore(database);
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

    @AfterEach
    void close() {
        database.close();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Due at each full hour, whatever the expression says. */
    private static Optional<Instant> hourly(String cron, ZoneId zone, Instant after) {
        return Optional.of(after.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1)));
    }

    private Optional<String> start(Schedule schedule, JobStarter.Claim claim) {
        if (refusal != null) {
            return Optional.of(refusal);
        }
        boolean taken =
                database.write(
                                handle -> {
                                    boolean mine = claim.take(handle, "job-" + started.size());
                                    if (dies) {
                                        throw new IllegalStateException("the server dies");
                                    }
                                    return mine;
                                })
                        .toCompletableFuture()
                        .join();
        if (taken) {
            started.add(Objects.requireNonNull(schedule.nextDue()));
        }
        return Optional.empty();
    }

    private Scheduler scheduler() {
        return new Scheduler(store, SchedulerTest::hourly, this::start, () -> now);
    }

    private void tickAt(String time) {
        now = Instant.parse("2026-01-31T" + time + ":00Z");
        try (Scheduler scheduler = scheduler()) {
            scheduler.tick();
        }
    }

    private Schedule add() throws Exception {
        Schedule schedule =
                new Schedule(
                        "nightly",
                        "at night",
                        OWNER,
                        TEMPLATE,
                        "0 * * * *",
                        ZoneId.of("Europe/Vienna"),
                        NOON,
                        false,
                        NOON.plus(Duration.ofHours(1)),
                        null);
        assertThat(get(store.add(schedule, 10))).isTrue();
        return schedule;
    }

    private Schedule read() throws Exception {
        return get(store.find("nightly")).orElseThrow();
    }

    @Test
    void aScheduleIsThereAfterARestart() throws Exception {
        Schedule schedule = add();
        database.close();
        database = open();
        store = new ScheduleStore(database);

        assertThat(read()).isEqualTo(schedule);
        assertThat(get(store.list(new JobViewer("user:bob", Set.of()), 10))).isEmpty();
        assertThat(get(store.list(new JobViewer("user:bob", Set.of("acme")), 10)))
                .containsExactly(schedule);
        assertThat(get(store.add(schedule, 1))).isFalse();
    }

    @Test
    void aDueTimeHasOneJobHoweverOftenItIsLookedAt() throws Exception {
        add();
        tickAt("12:59");
        assertThat(started).isEmpty();
        tickAt("13:00");
        tickAt("13:00");
        tickAt("13:01");

        assertThat(started).containsExactly(Instant.parse("2026-01-31T13:00:00Z"));
        assertThat(read().last())
                .isEqualTo(
                        new Schedule.Last(
                                Instant.parse("2026-01-31T13:00:00Z"),
                                Schedule.Result.STARTED,
                                "job-0"));
        assertThat(read().nextDue()).isEqualTo("2026-01-31T14:00:00Z");
    }

    @Test
    void aServerThatDiesBeforeTheJobCountsStartsItLater() throws Exception {
        add();
        dies = true;
        tickAt("13:00");
        assertThat(started).isEmpty();
        dies = false;
        tickAt("13:05");

        assertThat(started).containsExactly(Instant.parse("2026-01-31T13:00:00Z"));
    }

    @Test
    void twoThatActAtOnceStartOneJob() throws Exception {
        add();
        now = NOON.plus(Duration.ofHours(1));
        Schedule seen = get(store.due(now, 10)).getFirst();
        JobStarter.Claim claim =
                (handle, job) ->
                        ScheduleTable.claim(handle, seen, null, Schedule.Result.STARTED, job);
        assertThat(start(seen, claim)).isEmpty();
        assertThat(start(seen, claim)).isEmpty();

        assertThat(started).hasSize(1);
    }

    @Test
    void whatWasMissedForLessThanAnHourRunsOnce() throws Exception {
        add();
        tickAt("13:59");

        assertThat(started).hasSize(1);
        assertThat(read().nextDue()).isEqualTo("2026-01-31T14:00:00Z");
    }

    @Test
    void whatWasMissedForLongerIsRecorded() throws Exception {
        add();
        tickAt("17:30");

        assertThat(started).isEmpty();
        assertThat(Objects.requireNonNull(read().last()).result())
                .isEqualTo(Schedule.Result.MISSED);
        assertThat(read().nextDue()).isEqualTo("2026-01-31T18:00:00Z");
    }

    @Test
    void whyNoJobWasStartedIsKept() throws Exception {
        add();
        refusal = "iris may not sign in any more.";
        tickAt("13:00");

        assertThat(read().last())
                .isEqualTo(
                        new Schedule.Last(
                                Instant.parse("2026-01-31T13:00:00Z"),
                                Schedule.Result.REFUSED,
                                "iris may not sign in any more."));
    }

    @Test
    void whatIsPausedOrRemovedDoesNotRun() throws Exception {
        add();
        assertThat(get(store.pause("nightly", true, null))).isTrue();
        tickAt("13:00");
        assertThat(started).isEmpty();
        assertThat(read().paused()).isTrue();

        assertThat(get(store.pause("nightly", false, Instant.parse("2026-01-31T14:00:00Z"))))
                .isTrue();
        tickAt("14:00");
        assertThat(started).containsExactly(Instant.parse("2026-01-31T14:00:00Z"));

        assertThat(get(store.remove("nightly"))).isTrue();
        assertThat(get(store.remove("nightly"))).isFalse();
        tickAt("15:00");
        assertThat(started).hasSize(1);
    }
}
