package org.outpost.server.web.recording;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.Actor;
import org.outpost.access.audit.AuditDraft;
import org.outpost.access.audit.AuditResult;
import org.outpost.access.audit.AuditTrail;
import org.outpost.access.right.Caller;
import org.outpost.inventory.recording.Recording;
import org.outpost.server.web.Answers;
import org.outpost.server.web.audit.ActionAudit;
import org.springframework.http.HttpStatus;

import java.util.concurrent.ExecutionException;

/** Writes down what is done with a recording before it is done: a look cannot be taken back. */
public final class RecordingAudit {
    private final AuditTrail trail;

    /** Writes to this trail. */
    public RecordingAudit(AuditTrail trail) {
        this.trail = trail;
    }

    /** Who does what with which recording. */
    static AuditDraft draft(
            String action, Recording recording, Caller caller, HttpServletRequest request) {
        return AuditDraft.of(
                        new Actor(caller.user(), caller.means(), request.getRemoteAddr()),
                        recording.tenant(),
                        action)
                .on(recording.device())
                .at(recording.id())
                .because(
                        text(request.getHeader(ActionAudit.REASON)),
                        text(request.getHeader(ActionAudit.TICKET)))
                .detail("recorded-user", recording.user());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Waits until it is written that this may be done; refuses it when that cannot be written. */
    void first(AuditDraft draft) {
        try {
            trail.recordFirst(draft.with(AuditResult.ALLOWED, "")).toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw Answers.problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "This is not done unless it is written down first, and the audit trail cannot"
                            + " be written just now; try again when the database is back.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Answers.problem(HttpStatus.SERVICE_UNAVAILABLE, "The server is stopping.");
        }
    }

    /** Writes what became of it. */
    void then(AuditDraft draft, AuditResult result, String status) {
        trail.record(draft.with(result, status));
    }
}
