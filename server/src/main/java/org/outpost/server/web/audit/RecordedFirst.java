package org.outpost.server.web.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.outpost.access.audit.AuditResult;
import org.outpost.access.audit.AuditTrail;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.server.web.Answers;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * Writes down what cannot be brought back before it is done, and does not let it be done when that
 * cannot be written. It stands behind the guard of rights.
 */
public final class RecordedFirst implements HandlerInterceptor {
    private final AuditTrail trail;
    private final ActionDrafts drafts;

    /**
     * Writes to this trail.
     *
     * @param devices tells whose a device is
     */
    public RecordedFirst(AuditTrail trail, Function<UUID, DeviceTraits> devices) {
        this.trail = trail;
        this.drafts = new ActionDrafts(devices);
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod route) || !isIrrevocable(route)) {
            return true;
        }
        try {
            trail.recordFirst(drafts.draft(request, route).with(AuditResult.ALLOWED, ""))
                    .toCompletableFuture()
                    .get();
            return true;
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

    private static boolean isIrrevocable(HandlerMethod route) {
        Needs needs = route.getMethodAnnotation(Needs.class);
        return needs != null && needs.value() == Verb.ERASE;
    }
}
