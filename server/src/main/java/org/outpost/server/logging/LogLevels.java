package org.outpost.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.LogLevel;
import org.outpost.server.configuration.LoggerRules;
import org.slf4j.LoggerFactory;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Log levels by logger name, changed at run time. Thread-safe. */
public final class LogLevels {
    /** The root logger's name. */
    public static final String ROOT = org.slf4j.Logger.ROOT_LOGGER_NAME;

    /** The levels that are set explicitly, by logger name, in lower case. */
    public SortedMap<String, String> explicit() {
        SortedMap<String, String> levels = new TreeMap<>();
        for (Logger logger : context().getLoggerList()) {
            Level level = logger.getLevel();
            if (level != null) {
                levels.put(logger.getName(), level.toString().toLowerCase(Locale.ROOT));
            }
        }
        return levels;
    }

    /**
     * Sets a level. The loggers of {@link LoggerRules#GUARDED} do not go along below info.
     *
     * @param logger a package or class, or {@link #ROOT}
     * @param level off, error, warn, info, debug or trace
     * @throws IllegalArgumentException in words for the person who asked
     */
    public void set(String logger, @Nullable String level) {
        LogLevel chosen = level(level);
        LoggerRules.objection(logger, chosen)
                .ifPresent(
                        objection -> {
                            throw new IllegalArgumentException(logger + ": " + objection);
                        });
        context().getLogger(logger).setLevel(Level.valueOf(chosen.name()));
        keepGuarded();
    }

    private static LogLevel level(@Nullable String text) {
        for (LogLevel level : LogLevel.values()) {
            if (level.name().equalsIgnoreCase(text)) {
                return level;
            }
        }
        throw new IllegalArgumentException(
                "The level must be one of off, error, warn, info, debug, trace.");
    }

    /** A guarded logger must not inherit what it may not be given. */
    private static void keepGuarded() {
        for (String name : LoggerRules.GUARDED) {
            Logger guarded = context().getLogger(name);
            if (!guarded.getEffectiveLevel().isGreaterOrEqual(Level.INFO)) {
                guarded.setLevel(Level.WARN);
            }
        }
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
