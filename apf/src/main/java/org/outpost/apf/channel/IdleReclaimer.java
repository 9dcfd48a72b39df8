package org.outpost.apf.channel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/**
 * Closes idle channels that allow it ({@link ApfChannelOption#RECLAIM_AFTER_IDLE_MILLIS}), the
 * longest idle first, while others wait for room: a browser must not hold all of a device's eight.
 */
final class IdleReclaimer {
    private final LinkTable links;
    private final EventLoop loop;
    private final MultiplexerListener listener;
    private final Runnable lookAgain;
    private @Nullable Future<?> nextLook;
    private long nextLookNanos;

    IdleReclaimer(
            LinkTable links, EventLoop loop, MultiplexerListener listener, Runnable lookAgain) {
        this.links = links;
        this.loop = loop;
        this.listener = listener;
        this.lookAgain = lookAgain;
    }

    /**
     * Closes as many as are wanted and not closing yet; looks again when one may be idle enough.
     */
    void makeRoom(int wanted) {
        long now = loop.ticker().nanoTime();
        int missing = wanted - leaving();
        while (missing > 0) {
            Link idlest = idlest(now);
            if (idlest == null) {
                planLook(now);
                return;
            }
            idlest.reclaimed = true;
            listener.reclaimed(idlest.address);
            idlest.channel.close();
            missing--;
        }
    }

    private int leaving() {
        int count = 0;
        for (Link link : links.all()) {
            boolean staying =
                    link.state instanceof LinkState.Opening
                            || (link.state instanceof LinkState.Open && !link.reclaimed);
            count += staying ? 0 : 1;
        }
        return count;
    }

    private @Nullable Link idlest(long now) {
        Link idlest = null;
        for (Link link : links.all()) {
            if (isCandidate(link)
                    && link.channel.millisUntilReclaimable(now) == 0
                    && (idlest == null
                            || link.channel.lastTrafficNanos() - idlest.channel.lastTrafficNanos()
                                    < 0)) {
                idlest = link;
            }
        }
        return idlest;
    }

    private void planLook(long now) {
        long soonest = Long.MAX_VALUE;
        for (Link link : links.all()) {
            long millis = isCandidate(link) ? link.channel.millisUntilReclaimable(now) : -1;
            if (millis > 0) {
                soonest = Math.min(soonest, millis);
            }
        }
        if (soonest == Long.MAX_VALUE) {
            return;
        }
        long at = now + TimeUnit.MILLISECONDS.toNanos(soonest);
        Future<?> planned = nextLook;
        if (planned != null) {
            if (nextLookNanos - at <= 0) {
                return;
            }
            planned.cancel(false);
        }
        nextLookNanos = at;
        nextLook = loop.schedule(this::look, soonest, TimeUnit.MILLISECONDS);
    }

    private void look() {
        nextLook = null;
        lookAgain.run();
    }

    private static boolean isCandidate(Link link) {
        return link.state instanceof LinkState.Open && !link.reclaimed;
    }

    void end() {
        Future<?> planned = nextLook;
        if (planned != null) {
            planned.cancel(false);
        }
    }
}
