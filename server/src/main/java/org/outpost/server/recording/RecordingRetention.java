package org.outpost.server.recording;

import org.outpost.access.audit.Actor;
import org.outpost.access.audit.AuditDraft;
import org.outpost.access.audit.AuditResult;
import org.outpost.access.audit.AuditTrail;
import org.outpost.inventory.recording.Recording;
import org.outpost.inventory.recording.RecordingStore;
import org.outpost.server.datadir.FileProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Takes recordings away that are older than they are kept; each is written down before. */
final class RecordingRetention {
    private static final Logger log = LoggerFactory.getLogger(RecordingRetention.class);
    private static final int AT_ONCE = 100;

    private final Recordings recordings;
    private final RecordingStore store;
    private final AuditTrail trail;
    private final Duration keep;
    private final InstantSource time;

    RecordingRetention(
            Recordings recordings,
            RecordingStore store,
            AuditTrail trail,
            Duration keep,
            InstantSource time) {
        this.recordings = recordings;
        this.store = store;
        this.trail = trail;
        this.keep = keep;
        this.time = time;
    }

    /** Goes once. Blocks. */
    void sweep() {
        List<Recording> old;
        do {
            old =
                    store.endedBefore(time.instant().minus(keep), AT_ONCE)
                            .toCompletableFuture()
                            .join();
        } while (removeAll(old) && old.size() == AT_ONCE);
    }

    /** False when one could not be removed, which is tried again at the next sweep. */
    private boolean removeAll(List<Recording> old) {
        for (Recording recording : old) {
            AuditDraft draft =
                    AuditDraft.of(Actor.SYSTEM, recording.tenant(), "recording.expire")
                            .on(recording.device())
                            .at(recording.id())
                            .detail("user", recording.user());
            try {
                trail.recordFirst(draft.with(AuditResult.ALLOWED, "")).toCompletableFuture().join();
                recordings.remove(recording).toCompletableFuture().join();
                trail.record(draft.with(AuditResult.DONE, ""));
            } catch (IOException e) {
                trail.record(draft.with(AuditResult.FAILED, FileProblem.of(e)));
                log.atWarn()
                        .addKeyValue("recording", recording.id())
                        .addKeyValue("reason", FileProblem.of(e))
                        .log("an old recording could not be removed");
                return false;
            } catch (CompletionException e) {
                log.atWarn()
                        .addKeyValue("recording", recording.id())
                        .setCause(e)
                        .log("an old recording stays for now");
                return false;
            }
        }
        return true;
    }
}
