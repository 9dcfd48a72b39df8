package org.outpost.amt.redirection.gateway;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.RedirectionKind;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The transparent part of a session: two ends, their counts and deadlines. */
final class Pipe {
    private static final long CLOSE_SECONDS = 10;
    private static final int CHECKS = 8;

    private final GatewaySettings settings;
    private final GatewayTraffic traffic;
    private final Consumer<GatewayEnd> ending;
    private final PipeEnd consoleEnd;
    private final PipeEnd deviceEnd;
    private final EventLoop timers;
    private @Nullable Future<?> check;
    private volatile long lastActivityNanos = System.nanoTime();

    Pipe(
            RedirectionKind kind,
            GatewaySettings settings,
            GatewayTraffic traffic,
            ScreenTap tap,
            EventLoop timers,
            Consumer<GatewayEnd> ending) {
        this.settings = settings;
        this.traffic = traffic;
        this.timers = timers;
        this.ending = ending;
        this.consoleEnd = new PipeEnd(this, new StreamWatcher(rule(kind), ScreenTap.NONE), true);
        this.deviceEnd = new PipeEnd(this, new StreamWatcher(deviceRule(kind), tap), false);
    }

    private static MessageRule rule(RedirectionKind kind) {
        return switch (kind) {
            case SOL -> new SolRule();
            case IDER -> new IderRule();
            case KVM -> new RfbClientRule();
        };
    }

    /** Pictures are not looked at, and are nobody's doing. */
    private static MessageRule deviceRule(RedirectionKind kind) {
        return kind == RedirectionKind.KVM ? new Ignored() : rule(kind);
    }

    private static final class Ignored implements MessageRule {
        @Override
        public int prelude() {
            return Integer.MAX_VALUE;
        }

        @Override
        public int headLength(int type) {
            return 1;
        }

        @Override
        public long length(byte[] head) {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean isActivity(int type) {
            return false;
        }
    }

    PipeEnd consoleEnd() {
        return consoleEnd;
    }

    PipeEnd deviceEnd() {
        return deviceEnd;
    }

    PipeEnd peerOf(PipeEnd end) {
        return end == consoleEnd ? deviceEnd : consoleEnd;
    }

    /** Watches the deadlines from now on; on the timers' loop. */
    void watch() {
        long nanos = Math.min(settings.idle().toNanos(), settings.stall().toNanos()) / CHECKS;
        check =
                timers.scheduleAtFixedRate(
                        this::checkDeadlines, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void checkDeadlines() {
        long now = System.nanoTime();
        if (isStalled(consoleEnd, now) || isStalled(deviceEnd, now)) {
            end(GatewayEnd.STALLED);
        } else if (now - lastActivityNanos > settings.idle().toNanos()) {
            end(GatewayEnd.IDLE);
        }
    }

    private boolean isStalled(PipeEnd end, long now) {
        return end.inFlight() > 0 && now - end.lastTakenNanos() > settings.stall().toNanos();
    }

    void passed(boolean fromConsole, int bytes, boolean activity) {
        if (fromConsole) {
            traffic.addToDevice(bytes);
        } else {
            traffic.addToConsole(bytes);
        }
        if (activity) {
            lastActivityNanos = System.nanoTime();
        }
    }

    /** Says why, and closes both ends; only the first reason counts. */
    void end(GatewayEnd reason) {
        ending.accept(reason);
    }

    /** What was read is still written, for a while. */
    void close() {
        Future<?> running = check;
        if (running != null) {
            running.cancel(false);
        }
        consoleEnd.close();
        deviceEnd.close();
        timers.schedule(
                () -> {
                    consoleEnd.closeNow();
                    deviceEnd.closeNow();
                },
                CLOSE_SECONDS,
                TimeUnit.SECONDS);
    }
}
