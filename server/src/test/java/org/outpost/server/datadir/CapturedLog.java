package org.outpost.server.datadir;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.stream.Stream;

/** What a package logs while this is open. */
public final class CapturedLog implements AutoCloseable {
    private final Logger logger;
    private final @Nullable Level before;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    /** Listens to the package of a class. */
    public CapturedLog(Class<?> member) {
        logger = (Logger) LoggerFactory.getLogger(member.getPackageName());
        before = logger.getLevel();
        logger.setLevel(Level.DEBUG);
        appender.start();
        logger.addAppender(appender);
    }

    /** The warnings so far, with their values. */
    public List<String> warnings() {
        return at(Level.WARN);
    }

    /** The plain messages so far, with their values. */
    public List<String> infos() {
        return at(Level.INFO);
    }

    /** All that was logged, with its values. */
    public List<String> all() {
        return events().map(CapturedLog::text).toList();
    }

    private List<String> at(Level level) {
        return events().filter(event -> event.getLevel().equals(level))
                .map(CapturedLog::text)
                .toList();
    }

    private Stream<ILoggingEvent> events() {
        return List.copyOf(appender.list).stream();
    }

    private static String text(ILoggingEvent event) {
        return event.getKeyValuePairs() == null
                ? event.getFormattedMessage()
                : event.getFormattedMessage() + " " + event.getKeyValuePairs();
    }

    @Override
    public void close() {
        logger.setLevel(before);
        logger.detachAppender(appender);
        appender.stop();
    }
}
