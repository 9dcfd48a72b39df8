package org.outpost.inventory.job;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * Takes jobs and leads them to their ends, also over restarts. A few devices of each job are asked
 * at once, and over all jobs no more than is configured; jobs take turns. What a device is about to
 * be asked is durable before it is asked, so that nothing that must not be repeated is repeated.
 */
public final class JobRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration PURGE = Duration.ofHours(1);
    private static final Duration END = Duration.ofSeconds(5);

    private final JobStore store;
    private final JobWork work;
    private final JobSettings settings;
    private final ThreadLoop loop;
    private final JobId ids = new JobId();
    private final Turns turns;

    /** Changed on the loop alone. */
    private final Map<String, JobRun> runs = new ConcurrentHashMap<>();

    private final AtomicInteger underWay = new AtomicInteger();

    /** Leads nothing yet; see {@link #open}. */
    public JobRunner(JobStore store, JobWork work, JobSettings settings, InstantSource clock) {
        this.store = store;
        this.work = work;
        this.settings = settings;
        this.loop = new ThreadLoop(clock);
        this.turns = new Turns(settings.parallel());
    }

    /**
     * Goes on with what was not finished when the server stopped. Blocks.
     *
     * @throws java.util.concurrent.CompletionException when the database does not answer
     */
    public void open() {
        List<JobStore.Resumed> resumed = store.resume(loop.now()).toCompletableFuture().join();
        for (JobStore.Resumed one : resumed) {
            one.lost().forEach(lost -> work.ended(one.job(), lost.device(), Outcome.UNKNOWN));
            loop.execute(
                    () -> lead(one.job().waitingUntil(loop.now().plus(settings.returnWithin()))));
            log.atInfo()
                    .addKeyValue("job", one.job().id())
                    .addKeyValue("unknown", one.lost().size())
                    .log("a job goes on after a restart");
        }
        loop.schedule(this::purge, Duration.ZERO);
    }

    /** Where jobs are. */
    public JobStore store() {
        return store;
    }

    /** How many devices a job may have. */
    public int mostDevices() {
        return settings.devices();
    }

    /** How many jobs run. */
    public int running() {
        return runs.size();
    }

    /** How many devices are asked now. */
    public int underWay() {
        return underWay.get();
    }

    /**
     * Starts a job.
     *
     * @return completes when the job and all its devices are on disk; exceptionally with {@link
     *     JobRefusedException} when it has too many devices, or too many jobs run
     */
    public CompletionStage<Job> start(NewJob wanted) {
        return start(wanted, (_, _) -> true).thenApply(Optional::orElseThrow);
    }

    /**
     * Starts a job if something else can be written together with it.
     *
     * @param gate writes it, given the job's id; says whether the job shall count
     * @return as {@link #start(NewJob)}; empty when the gate said no
     */
    public CompletionStage<Optional<Job>> start(
            NewJob wanted, BiFunction<Handle, String, Boolean> gate) {
        int count = wanted.devices().size() + wanted.denied().size();
        if (count > settings.devices()) {
            return CompletableFuture.failedStage(
                    new JobRefusedException(
                            "A job is for at most "
                                    + settings.devices()
                                    + " devices, and this one is for "
                                    + count
                                    + "; narrow its query, or raise jobs.devices in the server's"
                                    + " configuration."));
        }
        Instant now = Instant.ofEpochMilli(loop.now().toEpochMilli());
        Job job =
                new Job(
                        ids.next(),
                        wanted.owner(),
                        wanted.template().over(wanted.template().query().withoutDevices()),
                        wanted.origin(),
                        now,
                        now.plus(wanted.template().waiting()),
                        count,
                        true,
                        null,
                        null,
                        Map.of());
        return store.add(job, settings.perTenant())
                .thenCompose(
                        taken ->
                                taken
                                        ? store.addDevices(
                                                job.id(),
                                                rows(wanted, now),
                                                handle -> gate.apply(handle, job.id()))
                                        : CompletableFuture.failedStage(
                                                new JobRefusedException(
                                                        settings.perTenant()
                                                                + " jobs run already; wait until"
                                                                + " one has ended, or cancel"
                                                                + " one.")))
                .thenApply(
                        counts -> {
                            if (!counts) {
                                return Optional.empty();
                            }
                            loop.execute(() -> lead(job));
                            return Optional.of(job);
                        });
    }

    private static List<JobDevice> rows(NewJob wanted, Instant now) {
        List<JobDevice> rows = new ArrayList<>();
        for (UUID device : wanted.devices()) {
            rows.add(new JobDevice(rows.size(), device, DeviceState.WAITING, "", "", null, null));
        }
        Outcome denied =
                Outcome.denied(
                        "You may not do this to the device: it needs the right '"
                                + wanted.template().action().right().name().toLowerCase(Locale.ROOT)
                                + "'.");
        for (UUID device : wanted.denied()) {
            rows.add(
                    new JobDevice(
                            rows.size(),
                            device,
                            denied.state(),
                            denied.code(),
                            denied.detail(),
                            null,
                            now));
        }
        return rows;
    }

    /**
     * Cancels a job: no further device is asked.
     *
     * @return completes with whether the job was running, when that is on disk
     */
    public CompletionStage<Boolean> cancel(String job) {
        return store.cancel(job, loop.now())
                .thenApply(
                        running -> {
                            loop.execute(
                                    () ->
                                            Optional.ofNullable(runs.get(job))
                                                    .ifPresent(JobRun::cancel));
                            return running;
                        });
    }

    private void lead(Job job) {
        JobRun run =
                new JobRun(
                        job,
                        store,
                        new Counting(),
                        turns,
                        loop,
                        () -> {
                            runs.remove(job.id());
                            log.atInfo().addKeyValue("job", job.id()).log("a job has ended");
                        });
        runs.put(job.id(), run);
        run.start();
    }

    /** Counts what is under way. */
    private final class Counting implements JobWork {
        @Override
        public CompletionStage<Boolean> isReachable(UUID device) {
            return work.isReachable(device);
        }

        @Override
        public Optional<String> refusal(Job job, UUID device) {
            return work.refusal(job, device);
        }

        @Override
        public CompletionStage<Outcome> carryOut(Job job, UUID device, Duration deadline) {
            underWay.incrementAndGet();
            return work.carryOut(job, device, deadline)
                    .whenComplete((_, _) -> underWay.decrementAndGet());
        }

        @Override
        public void ended(Job job, UUID device, Outcome outcome) {
            work.ended(job, device, outcome);
        }
    }

    private void purge() {
        store.purge(loop.now(), settings.keep())
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) {
                                log.atDebug().setCause(failure).log("old jobs stay for now");
                            }
                            loop.schedule(this::purge, PURGE);
                        });
    }

    /** Asks no further device, and gives those that were asked some seconds. Blocks. */
    @Override
    public void close() {
        CompletableFuture<Void> idle = new CompletableFuture<>();
        loop.execute(
                () -> {
                    runs.values().forEach(JobRun::stop);
                    awaitIdle(idle);
                });
        try {
            idle.get(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.atInfo().log("devices that were asked have not answered; their jobs go on later");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.close();
    }

    private void awaitIdle(CompletableFuture<Void> idle) {
        if (runs.values().stream().allMatch(run -> run.underWay() == 0)) {
            idle.complete(null);
        } else {
            loop.schedule(() -> awaitIdle(idle), Duration.ofMillis(20));
        }
    }
}
