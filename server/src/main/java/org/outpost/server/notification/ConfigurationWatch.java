package org.outpost.server.notification;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.binding.ConfigurationException;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks every second whether the configuration file is another one, by its time, size and identity,
 * so that a file that is replaced or edited is noticed alike. A file with an error changes nothing:
 * the error is logged with its line, and the last good settings stay.
 */
final class ConfigurationWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConfigurationWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final ConfigurationSource source;
    private final Consumer<Configuration> changed;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-configuration").daemon().factory());
    private @Nullable FileState seen;

    /**
     * Prepares to look.
     *
     * @param changed takes good settings, off the event loops; when it throws, it gets them again
     */
    ConfigurationWatch(ConfigurationSource source, Consumer<Configuration> changed) {
        this.source = source;
        this.changed = changed;
        this.seen = source.seen();
    }

    void start() {
        if (source.file() != null) {
            long every = EVERY.toMillis();
            clock.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
        }
    }

    /** Looks once. */
    void look() {
        Path file = source.file();
        FileState now = file == null ? null : FileState.of(file);
        if (now == null || now.equals(seen)) {
            return;
        }
        try {
            Effective<Configuration> read = source.reader().read();
            changed.accept(read.settings());
            source.accepted(read);
            seen = now;
            log.atInfo()
                    .addKeyValue("file", file)
                    .log("the configuration file was read again: subscribers and egress rules");
        } catch (ConfigurationException e) {
            seen = now;
            log.atError()
                    .addKeyValue("problems", e.problems())
                    .log(
                            "the configuration file has errors; subscribers and egress rules stay"
                                    + " as they were");
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("reason", e.toString())
                    .log("subscribers could not be changed; trying again");
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
