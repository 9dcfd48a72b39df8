package org.outpost.server.logging;

import org.outpost.gateway.attempt.Attempt;
import org.outpost.gateway.attempt.AttemptListener;
import org.outpost.gateway.attempt.Outcome;
import org.outpost.server.configuration.ConnectionLogSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The log of connections: when a device connected, when and why its tunnel ended, what did not
 * become a tunnel, and when the server started and stopped. One JSON object a line, in ASCII, for
 * {@code outpost report} and other programs.
 *
 * <p>An event loop only puts an attempt on a queue without a lock; one thread writes. What finds
 * the queue full is counted, and a line says so. A flood of connections that fail does not push out
 * the rest: of each kind of failure a few are written in ten seconds, the others as one line with
 * their number.
 */
public final class ConnectionLog implements AttemptListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConnectionLog.class);

    private static final int WAITING = 50_000;
    private static final int FAILURES_WRITTEN = 10;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final long WRITE_MILLIS = 200;

    /** What a line tells. */
    public enum Event {
        CONNECTED,
        DISCONNECTED,
        /** Connections that did not become tunnels; with {@code count}, more than one. */
        FAILED,
        /** So many connections found no room on the way to this log. */
        LOST,
        SERVER_STARTED,
        SERVER_STOPPED;

        /** As it is written. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final ConnectionLogFile file;
    private final JsonMapper json =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private final Queue<Attempt> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder lost = new LongAdder();
    private final Map<Outcome, Integer> failures = new EnumMap<>(Outcome.class);
    private final ScheduledExecutorService writer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-connection-log").daemon().factory());
    private long lostWritten;
    private long windowEnd;

    /**
     * Opens it, and says that the server starts.
     *
     * @param path the file
     */
    public ConnectionLog(Path path, ConnectionLogSettings settings) {
        this.file = new ConnectionLogFile(path, settings);
        if (!file.isOpen()) {
            log.atError()
                    .addKeyValue("file", path)
                    .log("the log of connections cannot be written; see that its folder can be");
        }
        windowEnd = System.nanoTime() + WINDOW.toNanos();
        server(Event.SERVER_STARTED);
        writer.scheduleWithFixedDelay(
                this::writeAll, WRITE_MILLIS, WRITE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void noted(Attempt attempt) {
        Outcome outcome = attempt.outcome();
        if (outcome == Outcome.RENAMED || outcome == Outcome.NAME_SHARED) {
            return;
        }
        if (waiting.incrementAndGet() > WAITING) {
            waiting.decrementAndGet();
            lost.increment();
            return;
        }
        queue.add(attempt);
    }

    /** How many attempts were not written because too many waited. */
    public long lost() {
        return lost.sum();
    }

    private void writeAll() {
        try {
            for (Attempt next = queue.poll(); next != null; next = queue.poll()) {
                waiting.decrementAndGet();
                write(next);
            }
            if (System.nanoTime() - windowEnd >= 0) {
                endWindow();
            }
        } catch (RuntimeException e) {
            // The clock would stop for good.
            log.atError().setCause(e).log("the log of connections could not be written");
        }
    }

    private void write(Attempt attempt) {
        Outcome outcome = attempt.outcome();
        if (outcome.isFailure() && failures.merge(outcome, 1, Integer::sum) > FAILURES_WRITTEN) {
            return;
        }
        Event event =
                outcome.isFailure()
                        ? Event.FAILED
                        : outcome.isEnd() ? Event.DISCONNECTED : Event.CONNECTED;
        ObjectNode line = line(attempt.time(), event);
        line.put("cause", outcome.label());
        line.put("address", attempt.address().getAddress().getHostAddress());
        if (attempt.device() != null) {
            line.put("guid", attempt.device().toString());
        }
        putUnlessEmpty(line, "name", attempt.name());
        putUnlessEmpty(line, "user", attempt.user());
        putUnlessEmpty(line, "tls", attempt.tls());
        putUnlessEmpty(line, "detail", attempt.detail());
        if (attempt.tunnel() > 0) {
            line.put("tunnel", attempt.tunnel());
        }
        line.put("reached", attempt.reached().label());
        line.put("seconds", attempt.lasted().toMillis() / 1000.0);
        write(line);
    }

    private void endWindow() {
        windowEnd = System.nanoTime() + WINDOW.toNanos();
        failures.forEach(
                (outcome, count) -> {
                    if (count > FAILURES_WRITTEN) {
                        write(
                                line(Instant.now(), Event.FAILED)
                                        .put("cause", outcome.label())
                                        .put("count", count - FAILURES_WRITTEN));
                    }
                });
        failures.clear();
        long now = lost.sum();
        if (now > lostWritten) {
            write(line(Instant.now(), Event.LOST).put("count", now - lostWritten));
            lostWritten = now;
        }
    }

    private static void putUnlessEmpty(ObjectNode line, String key, String text) {
        if (!text.isEmpty()) {
            line.put(key, text);
        }
    }

    private ObjectNode line(Instant time, Event event) {
        return json.createObjectNode().put("time", time.toString()).put("event", event.label());
    }

    private void write(ObjectNode line) {
        file.write(json.writeValueAsString(line).replace("\u007f", "\\u007f"));
    }

    private void server(Event event) {
        write(line(Instant.now(), event));
    }

    /** Writes what waits, says that the server stopped, and closes the file. Blocks. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        writeAll();
        endWindow();
        server(Event.SERVER_STOPPED);
        file.close();
    }
}
