package org.outpost.amt.redirection.recording;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.gateway.ScreenTap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
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

    /** What a piece takes in memory besides its bytes. */
    private static final int PIECE_COST = 64;

    private final RecordingSettings settings;
    private final Executor writers;
    private final RecordingListener listener;
    private final long startNanos = System.nanoTime();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Object lock = new Object();
    // all below belong to the lock, but for the writer, which belongs to the running drain; a drain
    // leaves nothing unflushed, so that what was shown survives the end of the process
    private final Deque<Piece> queue = new ArrayDeque<>();
    private long waiting;
    private long lost;
    private boolean everLost;
    private boolean draining;
    private boolean closing;
    private boolean failed;
    private final AsciicastWriter writer;

    @SuppressWarnings("ArrayRecordComponent") // handed from one thread to the other, never compared
    private record Piece(Duration at, byte[] bytes) {}

    /** What is to be done when all that waited is written. */
    private enum Next {
        MORE,
        WAIT,
        CLOSE
    }

    /**
     * Starts a recording: its description is in the file when this returns. Blocks.
     *
     * @param file new; closed with the recording
     * @param writers where the file is written; may block, runs nothing inside {@code execute}
     * @throws IOException when the file takes nothing; it stays the caller's to close
     */
    public SolRecording(
            OutputStream file,
            RecordingSettings settings,
            Executor writers,
            RecordingListener listener)
            throws IOException {
        this.writer = new AsciicastWriter(file, settings);
        this.settings = settings;
        this.writers = writers;
        this.listener = listener;
    }

    @Override
    public void screen(ByteBuf bytes, int index, int length) {
        boolean firstLoss = false;
        synchronized (lock) {
            if (closing || failed) {
                return;
            }
            if (waiting + cost(length) > settings.mostWaiting()) {
                firstLoss = !everLost;
                everLost = true;
                lost += length;
            } else {
                byte[] copy = new byte[length];
                bytes.getBytes(index, copy);
                queue.add(new Piece(now(), copy));
                waiting += cost(length);
            }
            drainLater();
        }
        if (firstLoss) {
            LOG.warn("a recording is incomplete: the disk does not follow");
            listener.incomplete();
        }
    }

    /** Single bytes would take many times their memory. */
    private static long cost(int length) {
        return (long) length + PIECE_COST;
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
            Next next = Next.MORE;
            while (next == Next.MORE) {
                writeAll();
                // without the lock, for which event loops may wait
                writer.flush();
                next = next();
            }
            if (next == Next.CLOSE) {
                writer.close();
                closed.complete(null);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private Next next() {
        synchronized (lock) {
            if (!queue.isEmpty() || lost > 0) {
                return Next.MORE;
            }
            draining = closing;
            return closing ? Next.CLOSE : Next.WAIT;
        }
    }

    private void writeAll() throws IOException {
        while (true) {
            Piece piece;
            long missing;
            synchronized (lock) {
                piece = queue.poll();
                missing = piece == null ? lost : 0;
                lost -= missing;
            }
            if (piece == null && missing == 0) {
                return;
            }
            write(piece, missing);
        }
    }

    private void write(@Nullable Piece piece, long missing) throws IOException {
        if (piece == null) {
            writer.marker(now(), missing + " bytes are missing here: the disk was too slow");
            return;
        }
        writer.output(piece.at(), piece.bytes());
        synchronized (lock) {
            waiting -= cost(piece.bytes().length);
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
        try {
            writer.close();
        } catch (IOException e) {
            LOG.debug("nor closed", e);
        }
        // told before: who waits for the end asks how it ended
        listener.failed();
        closed.complete(null);
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
