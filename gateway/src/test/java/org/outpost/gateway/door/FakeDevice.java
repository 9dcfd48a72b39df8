package org.outpost.gateway.door;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A device as the doors see it: something on loopback that accepts connections. */
public final class FakeDevice implements AutoCloseable {
    /** What a device does with a connection; on a thread of its own. */
    public interface Behaviour {
        void serve(Socket socket) throws Exception;
    }

    private final ServerSocket server;
    private final UUID id = UUID.randomUUID();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    public FakeDevice(Behaviour behaviour) {
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Thread.startVirtualThread(() -> accept(behaviour));
    }

    /** A device that sends back what it gets, and ends when the other side does. */
    public static FakeDevice echo() {
        return new FakeDevice(
                socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
    }

    private void accept(Behaviour behaviour) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.startVirtualThread(() -> serve(behaviour, socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Behaviour behaviour, Socket socket) {
        try (socket) {
            behaviour.serve(socket);
        } catch (Exception e) {
            // a connection that breaks is an ordinary end here
        }
    }

    public UUID id() {
        return id;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections were made to it so far. */
    public int connections() {
        return connections.get();
    }

    /** Closes its connections, as the multiplexer does when it reclaims a channel. */
    public void dropConnections() {
        open.forEach(FakeDevice::closeQuietly);
    }

    @Override
    public void close() {
        closeQuietly(server);
        dropConnections();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // nothing hangs on it
        }
    }
}
