package org.outpost.testkit.apf;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection's far end, for transcripts. Actions are given as code by their text; an action
 * without code is expected to happen by itself.
 */
public final class SocketEndpoint implements ApfEndpoint {
    private final ApfConnection connection;
    private final Duration patience;
    private final Map<String, Runnable> actions = new HashMap<>();
    private byte[] held = new byte[0];

    SocketEndpoint(ApfConnection connection, Duration patience) {
        this.connection = connection;
        this.patience = patience;
    }

    /** Says what to do when the transcript asks for an action. */
    public SocketEndpoint on(String action, Runnable code) {
        actions.put(action, code);
        return this;
    }

    @Override
    public void send(byte[] bytes) {
        connection.send(bytes);
    }

    @Override
    public byte[] receive() {
        byte[] bytes = held.length > 0 ? held : connection.receiveBytes(patience);
        held = new byte[0];
        return bytes;
    }

    @Override
    public void end() {
        connection.close();
    }

    @Override
    public boolean hasEnded() {
        long deadline = System.nanoTime() + patience.toNanos();
        byte[] bytes;
        do {
            // what came before the end is for the next receive
            bytes = connection.receiveBytes(Duration.ofNanos(deadline - System.nanoTime()));
            held = ApfBytes.concat(held, bytes);
        } while (bytes.length > 0);
        return connection.end() != null;
    }

    @Override
    public void act(String action) {
        actions.getOrDefault(action, () -> {}).run();
    }
}
