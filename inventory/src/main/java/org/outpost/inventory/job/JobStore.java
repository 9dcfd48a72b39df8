package org.outpost.inventory.job;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.outpost.database.Database;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Jobs and their devices in the database. Stages fail with {@link
 * org.outpost.database.DatabaseException} when it does not do what is asked.
 */
public final class JobStore implements JobJournal {
    private static final int ROWS_AT_ONCE = 1_000;

    private final Database database;

    /**
     * Keeps them in a database.
     *
     * @param database migrated with {@link org.outpost.inventory.Inventory#MIGRATIONS}; stays the
     *     caller's to close
     */
    public JobStore(Database database) {
        this.database = database;
    }

    /**
     * What an unfinished job looks like after a restart.
     *
     * @param lost devices that were asked when the server stopped, and must not be asked again
     */
    record Resumed(Job job, List<Target> lost) {}

    /** Takes a job; it counts when its devices are written too. */
    CompletionStage<Boolean> add(Job job, int mostRunning) {
        return database.write(
                handle -> {
                    if (JobTable.running(handle, job.owner().tenant()) >= mostRunning) {
                        return false;
                    }
                    JobTable.add(handle, job);
                    return true;
                });
    }

    /**
     * Writes the devices of a job, in pieces, so that others get their turn between.
     *
     * @param gate asked in the transaction that makes the job count; when it says no, the job is
     *     taken away
     * @return whether the job counts
     */
    CompletionStage<Boolean> addDevices(
            String job, List<JobDevice> devices, Function<Handle, Boolean> gate) {
        CompletionStage<Boolean> written = CompletableFuture.completedStage(true);
        for (int from = 0; from < devices.size(); from += ROWS_AT_ONCE) {
            List<JobDevice> piece =
                    List.copyOf(
                            devices.subList(from, Math.min(devices.size(), from + ROWS_AT_ONCE)));
            written =
                    written.thenCompose(
                            _ ->
                                    database.write(
                                            handle -> {
                                                JobDeviceTable.add(handle, job, piece);
                                                return true;
                                            }));
        }
        return written.thenCompose(
                _ ->
                        database.write(
                                handle -> {
                                    boolean open = gate.apply(handle);
                                    if (open) {
                                        JobTable.prepared(handle, job, devices.size());
                                    } else {
                                        JobDeviceTable.remove(handle, job, Integer.MAX_VALUE);
                                        JobTable.remove(handle, job);
                                    }
                                    return open;
                                }));
    }

    /** The job of this id. */
    public CompletionStage<Optional<Job>> find(String id) {
        return database.read(handle -> JobTable.find(handle, id));
    }

    /**
     * A part of a list.
     *
     * @param total how many there are in all
     */
    public record Page<T>(List<T> entries, long total) {}

    /**
     * Jobs, the newest first.
     *
     * @param top at most so many, 1 or more
     * @param skip how many to leave out at the start
     */
    public CompletionStage<Page<Job>> list(JobViewer viewer, int top, int skip) {
        return database.read(
                handle ->
                        new Page<>(
                                JobTable.list(handle, viewer, top, skip),
                                JobTable.count(handle, viewer)));
    }

    /** How many devices of a job are in each state; those without any are left out. */
    public CompletionStage<Map<DeviceState, Long>> counts(Job job) {
        return job.counts().isEmpty()
                ? database.read(handle -> JobDeviceTable.counts(handle, job.id()))
                : CompletableFuture.completedStage(job.counts());
    }

    /**
     * The devices of a job, in their order.
     *
     * @param state only those in this state; null for all
     * @param top at most so many, 1 or more
     * @param skip how many to leave out at the start
     */
    public CompletionStage<List<JobDevice>> devices(
            String job, @Nullable DeviceState state, int top, int skip) {
        return database.read(handle -> JobDeviceTable.list(handle, job, state, top, skip));
    }

    /** Marks a job as cancelled; says whether it was running. */
    CompletionStage<Boolean> cancel(String job, Instant now) {
        return database.write(handle -> JobTable.cancel(handle, job, now));
    }

    /**
     * Makes the jobs fit to go on after a stop: what was under way waits again where it may be
     * repeated, and ends as unknown where it may not. Jobs nobody was told of are taken away.
     */
    CompletionStage<List<Resumed>> resume(Instant now) {
        return database.write(
                handle -> {
                    List<Resumed> resumed = new ArrayList<>();
                    for (Job job : JobTable.open(handle)) {
                        if (!job.prepared()) {
                            JobDeviceTable.remove(handle, job.id(), Integer.MAX_VALUE);
                            JobTable.remove(handle, job.id());
                            continue;
                        }
                        List<Target> running = JobDeviceTable.running(handle, job.id());
                        boolean repeat = job.template().action().isRepeatable();
                        for (Target target : running) {
                            if (repeat) {
                                JobDeviceTable.putBack(handle, job.id(), target.position());
                            } else {
                                JobDeviceTable.end(
                                        handle, job.id(), target.position(), Outcome.UNKNOWN, now);
                            }
                        }
                        resumed.add(new Resumed(job, repeat ? List.of() : running));
                    }
                    return resumed;
                });
    }

    /** Takes away jobs that ended long ago, and their devices, piece by piece. */
    CompletionStage<Void> purge(Instant now, Duration keep) {
        return database.read(handle -> JobTable.oldest(handle, now.minus(keep)))
                .thenCompose(
                        id ->
                                id.isEmpty()
                                        ? CompletableFuture.completedStage(null)
                                        : remove(id.get()).thenCompose(_ -> purge(now, keep)));
    }

    private CompletionStage<Boolean> remove(String job) {
        return database.write(
                        handle -> {
                            int rows = JobDeviceTable.remove(handle, job, ROWS_AT_ONCE);
                            if (rows == 0) {
                                JobTable.remove(handle, job);
                            }
                            return rows > 0;
                        })
                .thenCompose(more -> more ? remove(job) : CompletableFuture.completedStage(true));
    }

    @Override
    public CompletionStage<List<Target>> waiting(String job, long after, int most) {
        return database.read(handle -> JobDeviceTable.waiting(handle, job, after, most));
    }

    @Override
    public CompletionStage<Boolean> begin(String job, Target target, Instant now) {
        return database.write(handle -> JobDeviceTable.begin(handle, job, target.position(), now));
    }

    @Override
    public CompletionStage<Boolean> putBack(String job, Target target) {
        return database.write(handle -> JobDeviceTable.putBack(handle, job, target.position()));
    }

    @Override
    public CompletionStage<Boolean> end(String job, Target target, Outcome outcome, Instant now) {
        return database.write(
                handle -> JobDeviceTable.end(handle, job, target.position(), outcome, now));
    }

    @Override
    public CompletionStage<Integer> cancelSome(String job, int most, Instant now) {
        return database.write(handle -> JobDeviceTable.cancelSome(handle, job, most, now));
    }

    @Override
    public CompletionStage<Boolean> finish(String job, Instant now) {
        return database.write(
                handle -> {
                    Map<DeviceState, Long> counts = JobDeviceTable.counts(handle, job);
                    if (counts.keySet().stream().anyMatch(state -> !state.isFinal())) {
                        return false;
                    }
                    JobTable.end(handle, job, JobJson.write(counts), now);
                    return true;
                });
    }
}
