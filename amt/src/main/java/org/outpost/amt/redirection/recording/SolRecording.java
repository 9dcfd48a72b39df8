package org.outpost.amt.redirection.recording;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.gateway.ScreenTap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Records what a serial console shows. The event loop only copies bytes into a queue that is
 * bounded; another thread writes the file. When the disk does not follow, bytes are left out and
 * the recording has a marker that says how many; when it fails, the recording ends there. To be
 * closed by whoever made it.
 */
public final class SolRecording implements ScreenTap, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SolRecording.class);

    private final RecordingSettings settings;
    private final Executor writers;
    private final RecordingListener listener;
    private final long startNanos = System.nanoTime();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Object lock = new Object();
    // all below belong to the lock, but for the writer, which belongs to the running drain
    private final Deque<Piece> queue = new ArrayDeque<>();
    private long waiting;
    private long lost;
    private boolean everLost;
    private boolean draining;
    private boolean closing;
    private boolean failed;
    private @Nullable AsciicastWriter writer;

    @SuppressWarnings("ArrayRecordComponent") // handed from one thread to the other, never compared
    private record Piece(Duration at, byte[] bytes) {}

    /**
     * Starts a recording; the file is made by the first drain.
     *
     * @param writers where files are written; may block, runs nothing inside {@code execute}
     */
    public SolRecording(RecordingSettings settings, Executor writers, RecordingListener listener) {
        this.settings = settings;
        this.writers = writers;
        this.listener = listener;
        synchronized (lock) {
            drainLater();
        }
    }

    @Override
    public void screen(ByteBuf bytes, int index, int length) {
        boolean firstLoss = false;
        synchronized (lock) {
            if (closing || failed) {
                return;
            }
            if (waiting + length > settings.mostWaiting()) {
                firstLoss = !everLost;
                everLost = true;
                lost += length;
            } else {
                byte[] copy = new byte[length];
                bytes.getBytes(index, copy);
                queue.add(new Piece(now(), copy));
                waiting += length;
            }
            drainLater();
        }
        if (firstLoss) {
            LOG.warn("a recording is incomplete: the disk does not follow");
            listener.incomplete();
        }
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private void drainLater() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            writers.execute(this::drain);
        } catch (RejectedExecutionException e) {
            draining = false;
            closing = true;
            closed.complete(null);
        }
    }

    private void drain() {
        try {
            AsciicastWriter out = writer;
            if (out == null) {
                out = new AsciicastWriter(settings);
                writer = out;
            }
            while (true) {
                Piece piece;
                long missing;
                synchronized (lock) {
                    piece = queue.poll();
                    missing = piece == null ? lost : 0;
                    if (piece == null && missing == 0) {
                        out.flush();
                        draining = false;
                        if (closing) {
                            out.close();
                            closed.complete(null);
                        }
                        return;
                    }
                    lost -= missing;
                }
                write(out, piece, missing);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void write(AsciicastWriter out, @Nullable Piece piece, long missing)
            throws IOException {
        if (piece == null) {
            out.marker(now(), missing + " bytes are missing here: the disk was too slow");
            return;
        }
        out.output(piece.at(), piece.bytes());
        synchronized (lock) {
            waiting -= piece.bytes().length;
        }
    }

    private void fail(IOException cause) {
        synchronized (lock) {
            failed = true;
            draining = false;
            queue.clear();
            waiting = 0;
        }
        LOG.warn("a recording cannot be written any more", cause);
        AsciicastWriter out = writer;
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                LOG.debug("nor closed", e);
            }
        }
        closed.complete(null);
        listener.failed();
    }

    /** Done when the file is closed; at once after a failure. */
    public CompletableFuture<Void> closed() {
        return closed.copy();
    }

    /** Writes what waits and closes the file, both later. A further call does nothing. */
    @Override
    public void close() {
        synchronized (lock) {
            if (!closing && !failed) {
                closing = true;
                drainLater();
            }
        }
    }
}
