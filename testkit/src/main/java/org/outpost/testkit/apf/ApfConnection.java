package org.outpost.testkit.apf;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * One end of an APF session on a real socket, plain or TLS: sends bytes in any manner, decent or
 * not, and reads what comes as messages or as bytes. Any thread may send; one at a time may
 * receive.
 */
public final class ApfConnection implements Closeable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Socket socket;
    private final Socket transport;
    private final ApfSide self;
    private final OutputStream out;
    private final SocketReader reader;
    private final ApfWire wire = new ApfWire();
    private final Queue<WireMessage> read = new ArrayDeque<>();

    /** How the other side ended a connection. */
    public enum End {
        /** In an orderly way. */
        CLOSED,
        /** By a reset, or by breaking TLS. */
        RESET
    }

    /**
     * Takes over a connected socket.
     *
     * @param self the side this end plays
     */
    public ApfConnection(Socket socket, ApfSide self) {
        this(socket, socket, self);
    }

    private ApfConnection(Socket socket, Socket transport, ApfSide self) {
        this.socket = socket;
        this.transport = transport;
        this.self = self;
        try {
            socket.setTcpNoDelay(true);
            this.out = socket.getOutputStream();
            this.reader = new SocketReader(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects as a device, without TLS. */
    public static ApfConnection plain(InetSocketAddress server) {
        return new ApfConnection(connect(server), ApfSide.DEVICE);
    }

    /**
     * Connects as a device over TLS, without SNI as firmware does, and finishes the handshake.
     *
     * @param protocols such as {@code TLSv1.2}; none for the context's own choice
     * @throws UncheckedIOException if the connection or the handshake fails
     */
    public static ApfConnection tls(
            InetSocketAddress server, SSLContext context, String... protocols) {
        Socket plain = connect(server);
        try {
            SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(plain, null, server.getPort(), true);
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            socket.startHandshake();
            return new ApfConnection(socket, plain, ApfSide.DEVICE);
        } catch (IOException e) {
            closeQuietly(plain);
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(InetSocketAddress server) {
        Socket socket = new Socket();
        try {
            socket.connect(server, Math.toIntExact(CONNECT.toMillis()));
            return socket;
        } catch (IOException e) {
            closeQuietly(socket);
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is given up already
        }
    }

    /** The address of this end. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /**
     * Sends each array in a write of its own.
     *
     * @throws UncheckedIOException if the connection is gone
     */
    public void send(byte[]... messages) {
        for (byte[] message : messages) {
            write(message);
        }
    }

    /** Sends all in one write (and one TLS record, if they fit). */
    public void sendTogether(byte[]... messages) {
        write(ApfBytes.concat(messages));
    }

    /** Sends every byte in a write (and a TLS record) of its own. */
    public void sendByteByByte(byte[]... messages) {
        for (byte one : ApfBytes.concat(messages)) {
            write(new byte[] {one});
        }
    }

    /**
     * Sends bytes in the background, at most at this pace, until all are sent or the connection is
     * gone.
     *
     * @param bytesPerSecond 1 to 1000
     * @return completes with the number of bytes sent
     */
    public CompletableFuture<Integer> trickle(byte[] bytes, int bytesPerSecond) {
        ScheduledExecutorService clock =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
        CompletableFuture<Integer> done = new CompletableFuture<>();
        Runnable step =
                new Runnable() {
                    private int sent;

                    @Override
                    public void run() {
                        try {
                            write(new byte[] {bytes[sent]});
                            sent++;
                        } catch (UncheckedIOException gone) {
                            done.complete(sent);
                        }
                        if (sent == bytes.length) {
                            done.complete(sent);
                        }
                    }
                };
        clock.scheduleWithFixedDelay(step, 0, 1_000_000 / bytesPerSecond, TimeUnit.MICROSECONDS);
        return done.whenComplete((sent, failure) -> clock.shutdownNow());
    }

    private void write(byte[] bytes) {
        synchronized (out) {
            synchronized (wire) {
                // our own requests tell how the replies are to be read
                wire.feed(self, bytes);
            }
            try {
                out.write(bytes);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * The next bytes, not read as messages; empty when none came in time or the end was reached.
     */
    public byte[] receiveBytes(Duration within) {
        byte[] bytes = reader.next(within);
        return bytes == null ? new byte[0] : bytes;
    }

    /** The next message; empty when none came in time or the connection ended before. */
    public Optional<WireMessage> receive(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (read.isEmpty()) {
            byte[] bytes = reader.next(Duration.ofNanos(deadline - System.nanoTime()));
            if (bytes == null) {
                return Optional.empty();
            }
            synchronized (wire) {
                read.addAll(wire.feed(self.other(), bytes));
            }
        }
        return Optional.of(read.remove());
    }

    /**
     * Waits for the end of the connection, passing over what else comes.
     *
     * @throws AssertionError if the connection is still open after that time
     */
    public End awaitEnd(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (reader.next(Duration.ofNanos(deadline - System.nanoTime())) != null) {
            // passed over
        }
        End end = reader.end();
        if (end == null) {
            throw new AssertionError("the connection is still open after " + within);
        }
        return end;
    }

    /** How the connection ended, once all that came before was received; null while it has not. */
    public @Nullable End end() {
        return reader.end();
    }

    /** Stops taking bytes from the socket, after at most one more read. */
    public void pauseReading() {
        reader.pause();
    }

    /** Takes bytes from the socket again. */
    public void resumeReading() {
        reader.resume();
    }

    /** Cuts the connection with a TCP reset. */
    public void reset() {
        try {
            // an SSLSocket would say goodbye first: the socket below it is cut
            transport.setSoLinger(true, 0);
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This connection as something transcripts are played over. */
    public SocketEndpoint endpoint(Duration patience) {
        return new SocketEndpoint(this, patience);
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }
}
