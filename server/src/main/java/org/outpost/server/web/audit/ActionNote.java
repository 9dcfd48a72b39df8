package org.outpost.server.web.audit;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a route adds to its entry of the audit trail, where the path does not say it: the device or
 * thing that the body names.
 */
public final class ActionNote {
    private static final String TARGET = ActionNote.class.getName() + ".target";
    private static final String DEVICE = ActionNote.class.getName() + ".device";

    private static final String TENANT = ActionNote.class.getName() + ".tenant";
    private static final String DETAILS = ActionNote.class.getName() + ".details";
    private static final int SCOPE = RequestAttributes.SCOPE_REQUEST;

    private ActionNote() {}

    /** This action is about this thing, such as a user. */
    public static void target(String name) {
        put(TARGET, name);
    }

    /** This action is about this device. */
    public static void device(UUID device) {
        put(DEVICE, device);
    }

    /** This action concerns this tenant. */
    public static void tenant(String name) {
        put(TENANT, name);
    }

    /**
     * One more detail; never a secret.
     *
     * @param key such as {@code grants}
     */
    public static void detail(String key, String value) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            SortedMap<String, String> all =
                    new TreeMap<>(details(request.getAttribute(DETAILS, SCOPE)));
            all.put(key, value);
            request.setAttribute(DETAILS, all, SCOPE);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> details(@Nullable Object attribute) {
        return attribute == null ? Map.of() : (Map<String, String>) attribute;
    }

    private static void put(String name, Object value) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(name, value, SCOPE);
        }
    }

    static @Nullable String targetOf(HttpServletRequest request) {
        return (String) request.getAttribute(TARGET);
    }

    static @Nullable UUID deviceOf(HttpServletRequest request) {
        return (UUID) request.getAttribute(DEVICE);
    }

    static @Nullable String tenantOf(HttpServletRequest request) {
        return (String) request.getAttribute(TENANT);
    }

    static Map<String, String> detailsOf(HttpServletRequest request) {
        return details(request.getAttribute(DETAILS));
    }
}
