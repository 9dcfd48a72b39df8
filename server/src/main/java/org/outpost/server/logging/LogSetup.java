package org.outpost.server.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;

import org.outpost.server.configuration.LogFormat;
import org.outpost.server.configuration.LoggingSettings;
import org.slf4j.LoggerFactory;

import java.util.Iterator;
import java.util.Locale;

/** Puts the configured format and levels into force, over those of logback.xml. */
public final class LogSetup {
    private LogSetup() {}

    /** Applies the settings. */
    public static void apply(LoggingSettings settings) {
        LogLevels levels = new LogLevels();
        levels.set(LogLevels.ROOT, settings.level().name().toLowerCase(Locale.ROOT));
        settings.levels()
                .forEach(
                        (logger, level) ->
                                levels.set(logger, level.name().toLowerCase(Locale.ROOT)));
        if (settings.format() == LogFormat.JSON) {
            useJson();
        }
    }

    private static void useJson() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(LogLevels.ROOT);
        for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
            if (all.next() instanceof ConsoleAppender<ILoggingEvent> console) {
                JsonEncoder encoder = new JsonEncoder();
                encoder.setContext(context);
                encoder.setWithSequenceNumber(false);
                encoder.setWithNanoseconds(false);
                encoder.setWithContext(false);
                encoder.start();
                console.stop();
                console.setEncoder(encoder);
                console.start();
            }
        }
    }
}
