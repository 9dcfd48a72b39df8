package org.outpost.testkit.apf;

import org.jspecify.annotations.Nullable;
import org.outpost.testkit.apf.ApfConnection.End;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;

/** Reads a socket on a thread of its own, so that waiting for bytes can have a deadline. */
final class SocketReader {
    private static final byte[] NO_MORE = new byte[0];
    private static final int PIECE = 16 * 1024;

    private final InputStream in;
    private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private final Semaphore mayRead = new Semaphore(1);
    private volatile @Nullable End howItEnded;
    private volatile @Nullable End end;

    SocketReader(Socket socket) throws IOException {
        this.in = socket.getInputStream();
        Thread.ofVirtual().name("apf-socket-reader").start(this::run);
    }

    private void run() {
        byte[] piece = new byte[PIECE];
        try {
            while (true) {
                mayRead.acquire();
                mayRead.release();
                int count = in.read(piece);
                if (count < 0) {
                    howItEnded = End.CLOSED;
                    return;
                }
                pieces.add(Arrays.copyOf(piece, count));
            }
        } catch (SocketException | SSLException e) {
            howItEnded = End.RESET;
        } catch (IOException | InterruptedException e) {
            howItEnded = End.CLOSED;
        } finally {
            pieces.add(NO_MORE);
        }
    }

    /** The next bytes, or null when none came in time or there are no more. */
    byte @Nullable [] next(Duration within) {
        if (end != null) {
            return null;
        }
        try {
            byte[] piece = pieces.poll(Math.max(0, within.toNanos()), TimeUnit.NANOSECONDS);
            if (piece != null && piece.length == 0) {
                end = howItEnded;
                return null;
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Nullable End end() {
        return end;
    }

    void pause() {
        mayRead.acquireUninterruptibly();
    }

    void resume() {
        mayRead.release();
    }
}
