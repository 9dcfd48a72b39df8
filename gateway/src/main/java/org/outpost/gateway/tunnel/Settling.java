package org.outpost.gateway.tunnel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/**
 * Waits until a device's announcements have come to rest: devices announce port after port, and
 * nobody tells which is the last (apf.md section 9, Q6). Only the tunnel's loop uses it.
 */
final class Settling {
    private final EventLoop loop;
    private final long quietNanos;
    private final long longestNanos;
    private final Runnable settled;
    private @Nullable Future<?> timer;
    private long startedNanos;
    private long announcedNanos;
    private boolean announced;
    private boolean over;

    Settling(EventLoop loop, PresenceFeed feed, Runnable settled) {
        this.loop = loop;
        this.quietNanos = feed.quiet().toNanos();
        this.longestNanos = feed.longest().toNanos();
        this.settled = settled;
    }

    void start() {
        startedNanos = System.nanoTime();
        timer = loop.schedule(this::check, longestNanos, TimeUnit.NANOSECONDS);
    }

    /** Something was announced. */
    void announced() {
        announcedNanos = System.nanoTime();
        if (!announced && !over) {
            // Further announcements cost no timer: the check looks how long ago the last one was.
            announced = true;
            cancel();
            check();
        }
    }

    private void check() {
        if (over) {
            return;
        }
        long now = System.nanoTime();
        long left = longestNanos - (now - startedNanos);
        if (announced) {
            left = Math.min(left, quietNanos - (now - announcedNanos));
        }
        if (left > 0) {
            timer = loop.schedule(this::check, left, TimeUnit.NANOSECONDS);
        } else {
            over = true;
            settled.run();
        }
    }

    /** The tunnel is gone: nothing settles any more. */
    void stop() {
        over = true;
        cancel();
    }

    private void cancel() {
        Future<?> waiting = timer;
        timer = null;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }
}
