package org.outpost.gateway.tunnel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The clock that a new connection runs against. Only the connection's loop uses it. */
final class HandshakeTimer {
    private final EventLoop loop;
    private final HandshakeDeadlines deadlines;
    private final Consumer<HandshakeStage> expired;
    private long startNanos;
    private long stageNanos;
    private long stoppedAtNanos;
    private HandshakeStage stage = HandshakeStage.TLS;
    private @Nullable Future<?> timer;

    HandshakeTimer(EventLoop loop, HandshakeDeadlines deadlines, Consumer<HandshakeStage> expired) {
        this.loop = loop;
        this.deadlines = deadlines;
        this.expired = expired;
    }

    /** Starts the clock, or starts it anew for the last stage. */
    void start(HandshakeStage first) {
        startNanos = now();
        enter(first);
    }

    /** What is awaited from now on. */
    void enter(HandshakeStage next) {
        stage = next;
        stageNanos = now();
        schedule();
    }

    /** It is our turn to work: the clock stands still. */
    void stop() {
        cancel();
        stoppedAtNanos = now();
    }

    /** The peer's turn again. */
    void resume() {
        long stood = now() - stoppedAtNanos;
        startNanos += stood;
        stageNanos += stood;
        schedule();
    }

    private long now() {
        return loop.ticker().nanoTime();
    }

    /** Nothing is awaited any more. */
    void cancel() {
        Future<?> planned = timer;
        timer = null;
        if (planned != null) {
            planned.cancel(false);
        }
    }

    private void schedule() {
        cancel();
        HandshakeStage awaited = stage;
        long end =
                Math.min(
                        stageNanos + deadlines.of(awaited).toNanos(),
                        startNanos + deadlines.upTo(awaited).toNanos());
        long left = Math.max(0, end - now());
        timer = loop.schedule(() -> expired.accept(awaited), left, TimeUnit.NANOSECONDS);
    }
}
