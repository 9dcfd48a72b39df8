package org.outpost.apf.channel;

import io.netty.channel.Channel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * Whose turn it is to send on a tunnel: deficit round robin over the channels that have both data
 * and window, with new ones first (RFC 8290 section 4.2). So a channel that speaks now and then, as
 * KVM, SOL and WS-Man do, goes before those that always have more to send. A turn is one quantum
 * times the channel's weight; it ends early when the tunnel's own buffer is full.
 */
final class SendScheduler {
    private static final int QUANTUM = 16 * 1024;
    private static final int LITTLE = 1024;

    private final Channel tunnel;
    private final ArrayDeque<ApfChannel> fresh = new ArrayDeque<>();
    private final ArrayDeque<ApfChannel> served = new ArrayDeque<>();
    private boolean running;
    private boolean servedNext;

    SendScheduler(Channel tunnel) {
        this.tunnel = tunnel;
    }

    /**
     * The channel has something to send.
     *
     * @param later whether {@link #run()} will be called anyway, at the end of the read batch
     */
    void add(ApfChannel channel, boolean later) {
        if (!channel.scheduled && channel.canSend()) {
            channel.scheduled = true;
            channel.deficit = 0;
            fresh.add(channel);
        }
        if (!later) {
            run();
        }
    }

    /** Lets channels send while the tunnel takes it. */
    void run() {
        if (running || !tunnel.isWritable()) {
            return;
        }
        running = true;
        boolean sent = false;
        try {
            for (ApfChannel next = next(); next != null; next = next()) {
                sent |= turn(next);
                if (!tunnel.isWritable()) {
                    if (sent) {
                        // With a socket that keeps up, flushing here makes room to go on.
                        tunnel.flush();
                        sent = false;
                    }
                    if (!tunnel.isWritable()) {
                        break;
                    }
                }
            }
        } finally {
            running = false;
        }
        if (sent) {
            tunnel.flush();
        }
    }

    /** New ones go first, but never twice in a row while another waits: nobody starves. */
    private @Nullable ApfChannel next() {
        ApfChannel channel = servedNext ? served.poll() : null;
        if (channel == null) {
            channel = fresh.poll();
            servedNext = channel != null;
        } else {
            servedNext = false;
        }
        return channel != null ? channel : served.poll();
    }

    private boolean turn(ApfChannel channel) {
        if (channel.deficit < LITTLE) {
            channel.deficit = QUANTUM * channel.weight();
        }
        int sent = channel.send(channel.deficit);
        channel.deficit -= sent;
        if (sent == 0 || !channel.canSend()) {
            channel.scheduled = false;
        } else if (tunnel.isWritable() || channel.deficit < LITTLE) {
            channel.deficit = 0;
            served.addLast(channel);
        } else {
            // The tunnel is full; the turn is not over.
            served.addFirst(channel);
        }
        return sent > 0;
    }
}
