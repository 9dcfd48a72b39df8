package org.outpost.testkit.apf;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Accepts one connection and runs the server's side of it on a thread of its own. */
final class LoopbackServer implements Closeable {
    private final ServerSocket listener;
    private final CompletableFuture<Void> done;

    LoopbackServer(Consumer<ApfConnection> session) {
        try {
            listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        done =
                CompletableFuture.runAsync(
                        () -> accept(session), task -> Thread.ofVirtual().start(task));
    }

    private void accept(Consumer<ApfConnection> session) {
        try (ApfConnection connection = new ApfConnection(listener.accept(), ApfSide.SERVER)) {
            session.accept(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Waits for the session's end and throws what it threw. */
    void join() {
        done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
