package org.outpost.it.support;

import org.jspecify.annotations.Nullable;
import org.outpost.testkit.socks.SocksClient;
import org.outpost.testkit.socks.WireSocket;

import java.io.Closeable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * A console that sends a steady stream to a simulated device's echo and checks every byte that
 * comes back. Two virtual threads each; the pace is given from outside, piece by piece.
 */
public final class EchoLoad implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int number;
    private final int piece;
    private final SocksClient console;
    private final Semaphore due = new Semaphore(0);
    private volatile long received;
    private volatile @Nullable Throwable failure;
    private volatile boolean closing;

    private EchoLoad(int number, int piece, SocksClient console) {
        this.number = number;
        this.piece = piece;
        this.console = console;
    }

    /**
     * Connects and asks for the echo.
     *
     * @param number tells its bytes from those of others
     * @param piece how many bytes {@link #tick()} lets it send
     */
    public static EchoLoad open(InetSocketAddress socks, String device, int number, int piece) {
        SocksClient console = SocksClient.open(socks, PATIENCE);
        try {
            int code = console.connect(device, 16994);
            if (code != SocksClient.SUCCEEDED) {
                throw new AssertionError("SOCKS reply %d for %s".formatted(code, device));
            }
            console.stream().send("ECHO\n");
        } catch (RuntimeException | Error e) {
            console.close();
            throw e;
        }
        EchoLoad load = new EchoLoad(number, piece, console);
        Thread.ofVirtual().name("load-writer-" + number).start(() -> load.guarded(load::write));
        Thread.ofVirtual().name("load-reader-" + number).start(() -> load.guarded(load::read));
        return load;
    }

    /** Lets it send one more piece. */
    public void tick() {
        due.release();
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            if (!closing) {
                failure = e;
            }
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void write() throws InterruptedException {
        WireSocket stream = console.stream();
        for (long position = 0; !closing; position += piece) {
            due.acquire();
            stream.send(Pattern.bytes(number, position, piece));
        }
    }

    private void read() {
        WireSocket stream = console.stream();
        for (long position = 0; !closing; position += piece) {
            Pattern.check(number, position, stream.read(piece));
            received = position + piece;
        }
    }

    /** How many bytes came back, all of them right. */
    public long received() {
        Throwable broken = failure;
        if (broken != null) {
            throw new AssertionError("console %d failed".formatted(number), broken);
        }
        return received;
    }

    @Override
    public void close() {
        closing = true;
        due.release();
        console.close();
    }
}
