package org.outpost.server.recording;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.gateway.ScreenTap;
import org.outpost.amt.redirection.recording.RecordingListener;
import org.outpost.amt.redirection.recording.RecordingSettings;
import org.outpost.amt.redirection.recording.SolRecording;
import org.outpost.inventory.recording.Recording;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A recording that runs. It is told when its session has begun and when it is over; a session that
 * never began leaves nothing behind. Safe for several threads; nothing blocks.
 */
public final class OpenRecording {
    private final Recording recording;
    private final SolRecording file;

    // all below belong to the lock of this
    private Recording.Outcome outcome = Recording.Outcome.WHOLE;
    private @Nullable Runnable broken;
    private boolean used;
    private boolean over;

    /** Its description is in the file when this returns. Blocks. */
    OpenRecording(
            Recording recording, OutputStream out, RecordingSettings settings, Executor writers)
            throws IOException {
        this.recording = recording;
        this.file = new SolRecording(out, settings, writers, new Faults());
    }

    /** Its id, as the API has it. */
    public String id() {
        return recording.id();
    }

    /** What it is of. */
    Recording recording() {
        return recording;
    }

    /** Sees the text. */
    public ScreenTap tap() {
        return file;
    }

    /**
     * The session that is recorded.
     *
     * @param end ends it; called at most once, on any thread, when not all of it is recorded
     */
    public void guards(Runnable end) {
        boolean late;
        synchronized (this) {
            broken = end;
            late = outcome != Recording.Outcome.WHOLE;
        }
        if (late) {
            end.run();
        }
    }

    /** Bytes pass in the session. One that begins behind the end of its recording is ended. */
    public void began() {
        boolean late;
        synchronized (this) {
            used = true;
            late = over;
        }
        if (late) {
            broke(Recording.Outcome.FAILED);
        }
    }

    /** The session is over, or never began. What waits is still written. */
    public void end() {
        synchronized (this) {
            over = true;
        }
        file.close();
    }

    /** Whether a session was recorded. */
    synchronized boolean isUsed() {
        return used;
    }

    synchronized Recording.Outcome outcome() {
        return outcome;
    }

    /** Completes when the file is closed. */
    CompletableFuture<Void> closed() {
        return file.closed();
    }

    private void broke(Recording.Outcome how) {
        Runnable end;
        synchronized (this) {
            if (outcome == Recording.Outcome.FAILED) {
                return;
            }
            boolean first = outcome == Recording.Outcome.WHOLE;
            outcome = how;
            end = first ? broken : null;
        }
        if (end != null) {
            end.run();
        }
    }

    private final class Faults implements RecordingListener {
        @Override
        public void incomplete() {
            broke(Recording.Outcome.INCOMPLETE);
        }

        @Override
        public void failed() {
            broke(Recording.Outcome.FAILED);
        }
    }
}
