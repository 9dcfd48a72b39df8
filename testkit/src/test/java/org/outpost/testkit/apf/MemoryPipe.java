package org.outpost.testkit.apf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One end of a connection in memory; bytes pass between threads. */
final class MemoryPipe implements ApfEndpoint {
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> incoming;
    private final BlockingQueue<byte[]> outgoing;
    private final List<String> actions = new ArrayList<>();
    private byte @Nullable [] peeked;

    MemoryPipe(BlockingQueue<byte[]> incoming, BlockingQueue<byte[]> outgoing) {
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    static List<MemoryPipe> pair() {
        BlockingQueue<byte[]> there = new LinkedBlockingQueue<>();
        BlockingQueue<byte[]> back = new LinkedBlockingQueue<>();
        return List.of(new MemoryPipe(back, there), new MemoryPipe(there, back));
    }

    List<String> actions() {
        return actions;
    }

    @Override
    public void send(byte[] bytes) {
        outgoing.add(bytes);
    }

    @Override
    public byte[] receive() {
        byte[] next = peeked == null ? poll() : peeked;
        peeked = null;
        return next;
    }

    @Override
    public void end() {
        outgoing.add(END);
    }

    @Override
    public boolean hasEnded() {
        peeked = poll();
        return peeked.length == 0;
    }

    @Override
    public void act(String action) {
        actions.add(action);
    }

    private byte[] poll() {
        try {
            byte[] next = incoming.poll(2, TimeUnit.SECONDS);
            return next == null ? new byte[0] : next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
