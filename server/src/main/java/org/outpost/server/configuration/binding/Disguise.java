package org.outpost.server.configuration.binding;

import java.lang.reflect.RecordComponent;
import java.util.List;

/**
 * What people get to see of a value. A secret is hidden; of an http or https address, user,
 * password and query, where some services want a secret to stand.
 */
final class Disguise {
    /** Stands for a secret. */
    static final String HIDDEN = "(hidden)";

    private Disguise() {}

    /** Whether a value is not shown at all. */
    static boolean hides(RecordComponent component, Object value) {
        return component.isAnnotationPresent(Secret.class) && !value.toString().isEmpty();
    }

    /** The value as it may be shown. */
    static Object of(RecordComponent component, Object value) {
        return hides(component, value) ? HIDDEN : shown(value);
    }

    private static Object shown(Object value) {
        return switch (value) {
            case String text when isAddress(text) -> address(text);
            case List<?> list when list.stream().anyMatch(String.class::isInstance) ->
                    list.stream().map(Disguise::shown).toList();
            default -> value;
        };
    }

    private static boolean isAddress(String text) {
        return text.regionMatches(true, 0, "http://", 0, 7)
                || text.regionMatches(true, 0, "https://", 0, 8);
    }

    private static String address(String text) {
        int query = text.indexOf('?');
        String shown = query < 0 ? text : text.substring(0, query + 1) + HIDDEN;
        int host = shown.indexOf("//") + 2;
        int path = shown.indexOf('/', host);
        int user = (path < 0 ? shown : shown.substring(0, path)).lastIndexOf('@');
        return user < 0 ? shown : shown.substring(0, host) + HIDDEN + shown.substring(user);
    }
}
