package org.outpost.server.web.audit;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

import java.util.UUID;

/**
 * What a route adds to its entry of the audit trail, where the path does not say it: the device or
 * thing that the body names.
 */
public final class ActionNote {
    private static final String TARGET = ActionNote.class.getName() + ".target";
    private static final String DEVICE = ActionNote.class.getName() + ".device";

    private ActionNote() {}

    /** This action is about this thing, such as a user. */
    public static void target(String name) {
        put(TARGET, name);
    }

    /** This action is about this device. */
    public static void device(UUID device) {
        put(DEVICE, device);
    }

    private static void put(String name, Object value) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(name, value, RequestAttributes.SCOPE_REQUEST);
        }
    }

    static @Nullable String targetOf(HttpServletRequest request) {
        return (String) request.getAttribute(TARGET);
    }

    static @Nullable UUID deviceOf(HttpServletRequest request) {
        return (UUID) request.getAttribute(DEVICE);
    }
}
