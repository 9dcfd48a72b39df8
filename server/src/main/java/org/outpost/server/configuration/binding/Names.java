package org.outpost.server.configuration.binding;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How names in code are written in a configuration: lower case with dashes. */
final class Names {
    private Names() {}

    static String key(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String words(Class<?> type) {
        return Stream.of(type.getEnumConstants())
                .map(constant -> word((Enum<?>) constant))
                .collect(Collectors.joining(", "));
    }

    /** The environment variable of a key: {@code http-proxy.port} is OUTPOST_HTTP_PROXY_PORT. */
    static String variable(String path) {
        return "OUTPOST_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
