package org.outpost.server.recording;

import org.outpost.access.audit.AuditTrail;
import org.outpost.amt.redirection.recording.RecordingSettings;
import org.outpost.inventory.job.JobId;
import org.outpost.inventory.recording.Recording;
import org.outpost.inventory.recording.RecordingQuery;
import org.outpost.inventory.recording.RecordingStore;
import org.outpost.server.datadir.FileProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The recordings of text consoles: those that run, and those that are kept. A row is written before
 * the console opens, so that nothing is recorded that nobody knows of; files are written on threads
 * of their own.
 */
public final class Recordings implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Recordings.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofMinutes(10);

    /** Until a console that was let in has begun; firmware and browser take less. */
    private static final Duration UNUSED = Duration.ofMinutes(5);

    private final RecordingStore store;
    private final RecordingFolder folder;
    private final RecordingSpace space;
    private final RecordingRetention retention;
    private final InstantSource time;
    private final JobId ids = new JobId();
    private final Map<String, OpenRecording> open = new ConcurrentHashMap<>();
    private final ExecutorService writers =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("outpost-recording-", 0).factory());
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-recordings").daemon().factory());

    /**
     * Says of recordings that a stop of the server cut off that they ended with it. Blocks.
     *
     * @param trail where it is written down that old ones are taken away
     */
    public Recordings(
            RecordingStore store, RecordingSetup setup, AuditTrail trail, InstantSource time) {
        this.store = store;
        this.folder = new RecordingFolder(setup.folder());
        this.time = time;
        for (Recording cut : store.running().toCompletableFuture().join()) {
            Instant last = folder.changed(cut.id()).orElse(cut.started());
            Recording.End end =
                    new Recording.End(last, folder.size(cut.id()), Recording.Outcome.INTERRUPTED);
            store.end(cut.id(), end).toCompletableFuture().join();
        }
        this.space =
                new RecordingSpace(setup.largest(), store.bytes().toCompletableFuture().join());
        this.retention = new RecordingRetention(this, store, trail, setup.keep(), time);
        clock.scheduleWithFixedDelay(
                this::sweep, SWEEP.toSeconds(), SWEEP.toSeconds(), TimeUnit.SECONDS);
    }

    /** What is recorded. */
    public record Subject(UUID device, String tenant, String title, String user, String address) {}

    /**
     * Begins a recording. Blocks.
     *
     * @throws RecordingRefusedException when it cannot be; then the console must not be opened
     */
    public OpenRecording begin(Subject of) throws RecordingRefusedException {
        Instant started = time.instant().truncatedTo(ChronoUnit.MILLIS);
        Recording recording =
                new Recording(
                        ids.next(),
                        of.device(),
                        of.tenant(),
                        of.title(),
                        of.user(),
                        of.address(),
                        started,
                        null);
        OpenRecording opened = create(recording);
        open.put(recording.id(), opened);
        opened.closed().thenRun(() -> close(opened));
        try {
            store.add(recording)
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            opened.end();
            throw new RecordingRefusedException("the database does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            opened.end();
            throw new RecordingRefusedException("the server is stopping", e);
        }
        clock.schedule(() -> giveUp(opened), UNUSED.toSeconds(), TimeUnit.SECONDS);
        return opened;
    }

    private OpenRecording create(Recording recording) throws RecordingRefusedException {
        try {
            OutputStream file = folder.create(recording.id());
            try {
                return new OpenRecording(
                        recording,
                        space.limited(file),
                        RecordingSettings.of(recording.title(), recording.started()),
                        writers);
            } catch (IOException e) {
                file.close();
                remove(recording.id(), folder.size(recording.id()));
                throw e;
            }
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("reason", FileProblem.of(e))
                    .log("a console that must be recorded was refused");
            throw new RecordingRefusedException(
                    "no recording can be written: " + FileProblem.of(e), e);
        }
    }

    private static void giveUp(OpenRecording opened) {
        if (!opened.isUsed()) {
            opened.end();
        }
    }

    /** The file is closed: the row says how it ended, or goes when there was no session. */
    private void close(OpenRecording closed) {
        String id = closed.id();
        long bytes = folder.size(id);
        CompletionStage<Boolean> written;
        if (closed.isUsed()) {
            Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
            written = store.end(id, new Recording.End(now, bytes, closed.outcome()));
        } else {
            removeQuietly(id, bytes);
            written = store.remove(id);
        }
        written.whenComplete(
                (_, failure) -> {
                    if (failure == null) {
                        open.remove(id);
                    } else {
                        // The sweep tries again.
                        log.atWarn()
                                .addKeyValue("recording", id)
                                .addKeyValue("reason", failure.getMessage())
                                .log("the end of a recording could not be written down");
                    }
                });
    }

    private void remove(String id, long bytes) throws IOException {
        folder.remove(id);
        space.free(bytes);
    }

    private void removeQuietly(String id, long bytes) {
        try {
            remove(id, bytes);
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("recording", id)
                    .addKeyValue("reason", FileProblem.of(e))
                    .log("the file of a recording could not be removed");
        }
    }

    private void sweep() {
        try {
            open.values().stream()
                    .filter(recording -> recording.closed().isDone())
                    .forEach(this::close);
            retention.sweep();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("recordings could not be swept; it is tried again");
        }
    }

    /** Recordings, the newest first. */
    public CompletionStage<RecordingStore.Page> list(RecordingQuery query) {
        return store.list(query);
    }

    /** The recording of this id. */
    public CompletionStage<Optional<Recording>> find(String id) {
        return store.find(id);
    }

    /** Bytes that can be played by now. */
    public long bytes(Recording recording) {
        Recording.End end = recording.end();
        return end == null ? folder.size(recording.id()) : end.bytes();
    }

    /** Whether its file is there. Blocks. */
    public boolean isThere(Recording recording) {
        return folder.exists(recording.id());
    }

    /** Copies what is recorded by now. Blocks. */
    public void copy(Recording recording, OutputStream to) throws IOException {
        folder.copy(recording.id(), to);
    }

    /**
     * Takes one out that has ended. Blocks.
     *
     * @return completes with whether it was there
     * @throws IOException when the file cannot be removed; then it stays
     */
    public CompletionStage<Boolean> remove(Recording ended) throws IOException {
        Recording.End end = ended.end();
        if (end == null) {
            throw new IllegalArgumentException("the recording runs");
        }
        folder.remove(ended.id());
        return store.remove(ended.id())
                .thenApply(
                        was -> {
                            if (was) {
                                space.free(end.bytes());
                            }
                            return was;
                        });
    }

    /** Ends those that run, and waits until they are written, for at most some ten seconds. */
    @Override
    public void close() {
        clock.shutdownNow();
        open.values().forEach(OpenRecording::end);
        CompletableFuture<?>[] files =
                open.values().stream().map(OpenRecording::closed).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(files).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            writers.shutdown();
            if (!writers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.atWarn().log("not all recordings could be ended well");
            }
        } catch (ExecutionException | TimeoutException e) {
            log.atWarn().setCause(e).log("not all recordings could be ended well");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writers.shutdownNow();
    }
}
