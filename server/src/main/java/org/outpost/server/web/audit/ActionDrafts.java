package org.outpost.server.web.audit;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.Actor;
import org.outpost.access.audit.AuditDraft;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.server.web.security.CurrentCaller;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a call of the API is, in the words of the audit trail. */
final class ActionDrafts {
    private final Function<UUID, DeviceTraits> devices;

    ActionDrafts(Function<UUID, DeviceTraits> devices) {
        this.devices = devices;
    }

    AuditDraft draft(HttpServletRequest request, HandlerMethod route) {
        Caller caller = CurrentCaller.orNull();
        String address = request.getRemoteAddr();
        Actor actor =
                caller == null
                        ? new Actor(text(ActionNote.targetOf(request)), "none", address)
                        : new Actor(caller.user(), caller.means(), address);
        Map<String, String> variables = variables(request);
        UUID device = device(request, variables);
        if (device != null && caller != null && !caller.sees(devices.apply(device))) {
            // To them it does not exist: its tenant is not shown what they typed.
            device = null;
        }
        AuditDraft draft =
                AuditDraft.of(actor, tenant(request, caller, device), name(route))
                        .at(target(request, variables));
        if (caller != null) {
            draft =
                    draft.because(
                            text(request.getHeader(ActionAudit.REASON)),
                            text(request.getHeader(ActionAudit.TICKET)));
        }
        for (Map.Entry<String, String> detail : ActionNote.detailsOf(request).entrySet()) {
            draft = draft.detail(detail.getKey(), detail.getValue());
        }
        return device == null ? draft : draft.on(device);
    }

    private String tenant(
            HttpServletRequest request, @Nullable Caller caller, @Nullable UUID device) {
        String noted = ActionNote.tenantOf(request);
        if (noted != null) {
            return noted;
        }
        if (device != null) {
            return devices.apply(device).tenant();
        }
        return caller == null ? "" : caller.tenant();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** {@code forgetDevice} becomes {@code forget-device}. */
    static String name(HandlerMethod route) {
        return route.getMethod()
                .getName()
                .chars()
                .mapToObj(
                        letter ->
                                Character.isUpperCase(letter)
                                        ? "-" + (char) Character.toLowerCase(letter)
                                        : String.valueOf((char) letter))
                .collect(Collectors.joining())
                .toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> variables(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables == null ? Map.of() : (Map<String, String>) variables;
    }

    private static @Nullable UUID device(
            HttpServletRequest request, Map<String, String> variables) {
        UUID noted = ActionNote.deviceOf(request);
        String text = variables.get("guid");
        if (noted != null || text == null || text.length() != 36) {
            return noted;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String target(HttpServletRequest request, Map<String, String> variables) {
        String noted = ActionNote.targetOf(request);
        return noted != null
                ? noted
                : variables.entrySet().stream()
                        .filter(variable -> !variable.getKey().equals("guid"))
                        .map(Map.Entry::getValue)
                        .sorted()
                        .collect(Collectors.joining(" "));
    }
}
