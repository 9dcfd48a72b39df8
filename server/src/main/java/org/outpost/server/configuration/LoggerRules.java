package org.outpost.server.configuration;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which levels which loggers may have. Below info Jetty, behind the web door, writes requests as
 * they came, the Authorization header with its token included; no setting lets that through. Spring
 * masks headers, and may say what it does.
 */
public final class LoggerRules {
    /** The loggers that stay at info or above, with all below them. */
    public static final List<String> GUARDED = List.of("org.eclipse.jetty");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$.-]{1,200}");

    private LoggerRules() {}

    /**
     * What speaks against a level, in words for the person who asked.
     *
     * @param logger a package or class, or {@code root}
     */
    public static Optional<String> objection(String logger, LogLevel level) {
        if (!NAME.matcher(logger).matches()) {
            return Optional.of(
                    "this is not a logger's name; write one such as org.outpost.gateway");
        }
        boolean chatty = level == LogLevel.DEBUG || level == LogLevel.TRACE;
        return chatty && isGuarded(logger)
                ? Optional.of(
                        "below info this logger prints the passwords and tokens of requests; write"
                                + " info, warn, error or off")
                : Optional.empty();
    }

    private static boolean isGuarded(String logger) {
        // Logback takes a dollar sign for a dot.
        return GUARDED.stream()
                .anyMatch(
                        name ->
                                logger.equals(name)
                                        || logger.startsWith(name + ".")
                                        || logger.startsWith(name + "$"));
    }
}
