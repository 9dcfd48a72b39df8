package org.outpost.server.web.relay;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditDraft;
import org.outpost.access.audit.AuditResult;
import org.outpost.access.audit.AuditTrail;
import org.outpost.amt.redirection.RedirectionFailure;
import org.outpost.amt.redirection.gateway.GatewayEnd;
import org.outpost.amt.redirection.gateway.GatewayListener;
import org.outpost.amt.redirection.gateway.GatewayTraffic;

/** Writes down that a session was opened, or why not, and how much went through it. */
final class RelayRecorder implements GatewayListener {
    private final AuditTrail audit;
    private final AuditDraft draft;

    /**
     * Writes into the trail.
     *
     * @param draft who, what and which device
     */
    RelayRecorder(AuditTrail audit, AuditDraft draft) {
        this.audit = audit;
        this.draft = draft;
    }

    @Override
    public void opened() {
        audit.record(draft.with(AuditResult.ALLOWED, ""));
    }

    @Override
    public void ended(
            GatewayEnd reason, @Nullable RedirectionFailure failure, GatewayTraffic traffic) {
        boolean done =
                switch (reason) {
                    case NOT_OPENED, BUSY, RECORDING_FAILED -> false;
                    default -> true;
                };
        String status = failure == null ? reason.label() : failure.label();
        audit.record(
                draft.with(done ? AuditResult.DONE : AuditResult.FAILED, status)
                        .detail("to-device", Long.toString(traffic.toDevice()))
                        .detail("to-console", Long.toString(traffic.toConsole())));
    }
}
