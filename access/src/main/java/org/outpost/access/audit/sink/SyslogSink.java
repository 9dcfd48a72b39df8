package org.outpost.access.audit.sink;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditLine;
import org.outpost.access.audit.AuditSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A copy of the trail to syslog (RFC 5424). Messages wait in a bounded queue while the target is
 * away; what does not fit is dropped and counted. What was handed to the network and lost there is
 * not sent again: syslog has no acknowledgement.
 */
public final class SyslogSink implements AuditSink {
    /** How many messages wait at most. */
    static final int CAPACITY = 10_000;

    private static final Logger log = LoggerFactory.getLogger(SyslogSink.class);
    private static final int MOST_BYTES = 16 << 20;
    private static final int LONGEST_DATAGRAM = 16 * 1024;
    private static final int LONGEST_FRAME = 128 * 1024;
    private static final long FIRST_RETRY_MILLIS = 250;
    private static final long LONGEST_RETRY_MILLIS = 30_000;
    private static final long CLOSE_SECONDS = 3;
    private static final long DROP_LOG_NANOS = Duration.ofMinutes(1).toNanos();

    private final SyslogTarget target;
    private final SyslogFormat format;
    private final SyslogTransport transport;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    // Only the transport's loop touches these.
    private final Deque<byte[]> pending = new ArrayDeque<>();
    private final Deque<byte[]> underWay = new ArrayDeque<>();
    private boolean retrying;
    private boolean closing;
    private int failures;
    private long toldDropped;
    private long toldAt;

    /**
     * Begins; nothing is sent before there is anything to send.
     *
     * @param host how this machine is called in messages
     * @throws IllegalStateException when the target is a Unix socket and there are none here
     */
    public SyslogSink(SyslogTarget target, String host) {
        this.target = target;
        this.format =
                new SyslogFormat(
                        host,
                        target instanceof SyslogTarget.Tcp ? LONGEST_FRAME : LONGEST_DATAGRAM);
        this.transport = new SyslogTransport(target, this::lost);
    }

    @Override
    public void accept(AuditLine line, String json) {
        byte[] message = format.message(line, json);
        if (waiting.get() >= CAPACITY || bytes.get() + message.length > MOST_BYTES) {
            dropped.incrementAndGet();
            transport.execute(this::tellDropped);
            return;
        }
        waiting.incrementAndGet();
        bytes.addAndGet(message.length);
        transport.execute(
                () -> {
                    pending.addLast(message);
                    pump();
                });
    }

    @Override
    public long dropped() {
        return dropped.get();
    }

    /** Whether anything waits for the target. */
    boolean isWaiting() {
        return waiting.get() > 0;
    }

    /** Whether the target takes messages, as far as is known. */
    boolean isConnected() {
        return transport.isConnected();
    }

    private void tellDropped() {
        long count = dropped.get();
        long now = System.nanoTime();
        if (count > toldDropped && (toldDropped == 0 || now - toldAt > DROP_LOG_NANOS)) {
            log.atWarn()
                    .addKeyValue("target", target)
                    .addKeyValue("dropped", count)
                    .log(
                            "syslog takes less than there is; entries are dropped, and are in the"
                                    + " database all the same");
            toldDropped = count;
            toldAt = now;
        }
    }

    private void pump() {
        if (retrying) {
            return;
        }
        while (!pending.isEmpty() && transport.isWritable()) {
            byte[] message = pending.removeFirst();
            underWay.addLast(message);
            transport.send(message, failure -> sent(message, failure));
        }
        if (!retrying && !pending.isEmpty() && !transport.isOpen()) {
            transport.open(this::opened);
        }
        if (closing && pending.isEmpty() && underWay.isEmpty()) {
            drained.complete(null);
        }
    }

    private void opened(@Nullable Throwable failure) {
        if (failure == null) {
            pump();
        } else {
            retryLater(failure);
        }
    }

    private void sent(byte[] message, @Nullable Throwable failure) {
        if (failure == null) {
            if (!underWay.remove(message)) {
                // It was put back, and goes twice rather than never.
                return;
            }
            waiting.decrementAndGet();
            bytes.addAndGet(-message.length);
            if (failures > 0) {
                failures = 0;
                log.atInfo().addKeyValue("target", target).log("syslog takes entries again");
            }
            pump();
        } else {
            retryLater(failure);
        }
    }

    /** The connection ended, which matters when there is something to send. */
    private void lost() {
        if (!pending.isEmpty() || !underWay.isEmpty()) {
            retryLater(new IOException("the connection was closed"));
        }
    }

    /** Puts back what was not sent, in its order. */
    private void retryLater(Throwable failure) {
        while (!underWay.isEmpty()) {
            pending.addFirst(underWay.removeLast());
        }
        if (retrying) {
            return;
        }
        retrying = true;
        transport.drop();
        if (failures++ == 0) {
            log.atError()
                    .addKeyValue("target", target)
                    .addKeyValue("reason", failure)
                    .log("syslog cannot be reached; entries wait for it");
        }
        long delay =
                Math.min(LONGEST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(failures - 1, 10));
        transport.schedule(
                () -> {
                    retrying = false;
                    pump();
                },
                delay);
    }

    /** Sends what waits, for at most three seconds. */
    @Override
    public void close() {
        transport.execute(
                () -> {
                    closing = true;
                    pump();
                });
        try {
            drained.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            dropped.addAndGet(waiting.get());
            log.atWarn()
                    .addKeyValue("target", target)
                    .addKeyValue("entries", waiting.get())
                    .log("entries that waited for syslog were not sent");
        }
        transport.close();
    }
}
