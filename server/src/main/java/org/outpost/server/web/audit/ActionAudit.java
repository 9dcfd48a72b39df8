package org.outpost.server.web.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditResult;
import org.outpost.access.audit.AuditTrail;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.server.web.security.CurrentCaller;
import org.outpost.server.web.security.Needs;
import org.outpost.server.web.security.Open;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes down what was done over the API: each call that changes something, and each that uses a
 * device. Who, what, which device, why (the fields {@value #REASON} and {@value #TICKET}) and what
 * became of it. It stands before the guard of rights, so that it hears of refusals too.
 */
public final class ActionAudit implements HandlerInterceptor {
    /** The request field with the reason, in the words of the caller. */
    public static final String REASON = "X-Outpost-Reason";

    /** The request field with the number of a ticket. */
    public static final String TICKET = "X-Outpost-Ticket";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final AuditTrail trail;
    private final ActionDrafts drafts;

    /**
     * Writes to this trail.
     *
     * @param devices tells whose a device is
     */
    public ActionAudit(AuditTrail trail, Function<UUID, DeviceTraits> devices) {
        this.trail = trail;
        this.drafts = new ActionDrafts(devices);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable Exception failure) {
        if (handler instanceof HandlerMethod route && isAction(request, route)) {
            int status = response.getStatus();
            if (CurrentCaller.orNull() == null && status >= 400 && status != 401) {
                // Strangers fill no trail: without a verdict about them nothing was done.
                return;
            }
            AuditResult result = result(status);
            trail.record(
                    drafts.draft(request, route)
                            .with(result, result == AuditResult.DONE ? "" : "HTTP " + status));
        }
    }

    private static AuditResult result(int status) {
        if (status < 400) {
            return AuditResult.DONE;
        }
        return status == 401 || status == 403 ? AuditResult.DENIED : AuditResult.FAILED;
    }

    private static boolean isAction(HttpServletRequest request, HandlerMethod route) {
        Needs needs = route.getMethodAnnotation(Needs.class);
        if (needs == null && route.getMethodAnnotation(Open.class) == null) {
            return false;
        }
        return !READING.contains(request.getMethod())
                || (needs != null && needs.value() != Verb.VIEW && needs.value() != Verb.ADMIN);
    }
}
