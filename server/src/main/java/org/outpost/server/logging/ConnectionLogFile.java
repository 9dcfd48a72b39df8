package org.outpost.server.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedFileNamingAndTriggeringPolicy;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;

import org.outpost.server.configuration.ConnectionLogSettings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Lines of text into a file that gives way to another one each day and when it is large. */
final class ConnectionLogFile implements AutoCloseable {
    private static final byte[] NOTHING = {};

    /** Logback's minute would be much too long for a storm of devices. */
    private static final Duration SIZE_CHECKED_EVERY = Duration.buildByMilliseconds(100);

    private final LoggerContext context = new LoggerContext();
    private final RollingFileAppender<String> appender = new RollingFileAppender<>();

    ConnectionLogFile(Path file, ConnectionLogSettings settings) {
        SizeAndTimeBasedFileNamingAndTriggeringPolicy<String> trigger =
                new SizeAndTimeBasedFileNamingAndTriggeringPolicy<>();
        trigger.setContext(context);
        trigger.setMaxFileSize(FileSize.valueOf(settings.size() + "MB"));
        trigger.setCheckIncrement(SIZE_CHECKED_EVERY);
        TimeBasedRollingPolicy<String> policy = new TimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(file + ".%d{yyyy-MM-dd}.%i.gz");
        policy.setTimeBasedFileNamingAndTriggeringPolicy(trigger);
        policy.setMaxHistory(settings.days());
        policy.setTotalSizeCap(FileSize.valueOf(settings.totalSize() + "MB"));
        policy.setCleanHistoryOnStart(true);
        policy.start();
        Lines lines = new Lines();
        lines.setContext(context);
        lines.start();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(lines);
        appender.setRollingPolicy(policy);
        appender.start();
    }

    /** Whether it could be opened. */
    boolean isOpen() {
        return appender.isStarted();
    }

    void write(String line) {
        appender.doAppend(line);
    }

    @Override
    public void close() {
        appender.stop();
        // Waits for the compression that is under way.
        context.stop();
    }

    private static final class Lines extends EncoderBase<String> {
        @Override
        public byte[] headerBytes() {
            return NOTHING;
        }

        @Override
        public byte[] encode(String line) {
            return (line + "\n").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] footerBytes() {
            return NOTHING;
        }
    }
}
