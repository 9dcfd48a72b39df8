package org.outpost.server.web.relay;

import io.netty.util.concurrent.Future;

import java.util.concurrent.TimeUnit;

/**
 * Notices that a browser is gone without a good-bye: a laptop that was shut, a cable that was
 * pulled. It would hold the only session of its kind for a quarter of an hour otherwise, as long as
 * TCP tries. On the channel's loop, but for {@link #answered}.
 */
final class PeerWatch {
    private static final long INTERVAL_SECONDS = 20;
    private static final int MOST_UNANSWERED = 2;

    private final WebSocketChannel channel;
    private final WebSocketLink link;
    private int unanswered;

    private PeerWatch(WebSocketChannel channel, WebSocketLink link) {
        this.channel = channel;
        this.link = link;
    }

    /** Watches until the channel is closed. */
    static PeerWatch start(WebSocketChannel channel, WebSocketLink link) {
        PeerWatch watch = new PeerWatch(channel, link);
        Future<?> ticking =
                channel.eventLoop()
                        .scheduleWithFixedDelay(
                                watch::tick, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> ticking.cancel(false));
        return watch;
    }

    /** The browser gave a sign of life. On any thread. */
    void answered() {
        channel.eventLoop().execute(() -> unanswered = 0);
    }

    private void tick() {
        // While nothing is read here, for a device that takes nothing, no answer can come.
        if (!channel.isReading()) {
            unanswered = 0;
            return;
        }
        if (unanswered >= MOST_UNANSWERED) {
            channel.close();
            return;
        }
        unanswered++;
        link.ping();
    }
}
