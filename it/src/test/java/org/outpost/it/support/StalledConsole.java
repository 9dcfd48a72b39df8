package org.outpost.it.support;

import org.outpost.testkit.socks.SocksClient;

import java.io.Closeable;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A console that does not read what it caused. */
public final class StalledConsole implements Closeable {
    private static final int PIECE = 16 * 1024;
    private static final int STREAM_PORT = 16994;
    private static final long STALLED_NANOS = Duration.ofSeconds(1).toNanos();

    private final SocksClient console;
    private final AtomicLong lastSent = new AtomicLong(System.nanoTime());
    private volatile boolean broken;

    private StalledConsole(SocksClient console) {
        this.console = console;
    }

    /** Asks a simulated device for data without end and reads none of it. */
    public static StalledConsole askingForEndlessData(InetSocketAddress socks, String device) {
        StalledConsole console = connect(socks, device);
        console.console.stream().send("SOURCE\n");
        return console;
    }

    /** Sends data without end to a simulated device's echo and reads none of it. */
    public static StalledConsole sendingToAnEcho(InetSocketAddress socks, String device) {
        StalledConsole console = connect(socks, device);
        console.console.stream().send("ECHO\n");
        Thread.ofVirtual().name("stalled-console").start(console::sendForEver);
        return console;
    }

    private static StalledConsole connect(InetSocketAddress socks, String device) {
        SocksClient client = SocksClient.open(socks, Duration.ofSeconds(30));
        if (client.connect(device, STREAM_PORT) != SocksClient.SUCCEEDED) {
            client.close();
            throw new AssertionError("no channel to " + device);
        }
        client.stream().limitReceiveBuffer(PIECE);
        return new StalledConsole(client);
    }

    private void sendForEver() {
        byte[] piece = new byte[PIECE];
        try {
            while (true) {
                console.stream().send(piece);
                lastSent.set(System.nanoTime());
            }
        } catch (UncheckedIOException ended) {
            broken = true;
        }
    }

    /** Whether the server keeps the connection. */
    public boolean isOpen() {
        return !broken;
    }

    /** Whether nothing that it sends was taken for a second, on an open connection. */
    public boolean isBlocked() {
        return isOpen() && System.nanoTime() - lastSent.get() > STALLED_NANOS;
    }

    @Override
    public void close() {
        console.close();
    }
}
