package org.outpost.gateway.tunnel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;

/**
 * The ports that a device forwards to us. Changed on the tunnel's loop, readable on any thread. A
 * device announces them one by one, and takes some back and announces them again at run time, so an
 * asker waits a little for a port that is not there (apf.md section 9, Q25).
 */
final class ForwardedPorts {
    private final EventLoop loop;
    private final Duration patience;
    private final int limit;
    private final ConcurrentSkipListSet<Integer> ports = new ConcurrentSkipListSet<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private long changedNanos = System.nanoTime();

    private record Waiter(int port, Promise<Void> promise) {}

    ForwardedPorts(EventLoop loop, Duration patience, int limit) {
        this.loop = loop;
        this.patience = patience;
        this.limit = limit;
    }

    /** False when the device already forwards as many as it may. Repeating a port is no fault. */
    boolean add(int port) {
        if (!ports.contains(port)) {
            if (ports.size() >= limit) {
                return false;
            }
            ports.add(port);
            changedNanos = System.nanoTime();
        }
        for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
            Waiter waiter = all.next();
            if (waiter.port == port) {
                all.remove();
                waiter.promise.trySuccess(null);
            }
        }
        return true;
    }

    boolean remove(int port) {
        changedNanos = System.nanoTime();
        return ports.remove(port);
    }

    boolean isEmpty() {
        return ports.isEmpty();
    }

    List<Integer> list() {
        return List.copyOf(ports);
    }

    /**
     * Succeeds when the port is forwarded, now or soon; fails with {@link ConnectException} when it
     * is not. On the tunnel's loop.
     */
    Future<Void> await(int port) {
        if (ports.contains(port)) {
            return loop.newSucceededFuture(null);
        }
        long left = patience.toNanos() - (System.nanoTime() - changedNanos);
        if (left <= 0) {
            return loop.newFailedFuture(notForwarded(port));
        }
        Waiter waiter = new Waiter(port, loop.newPromise());
        waiters.add(waiter);
        loop.schedule(
                () -> {
                    if (waiters.remove(waiter)) {
                        waiter.promise.tryFailure(notForwarded(port));
                    }
                },
                left,
                TimeUnit.NANOSECONDS);
        return waiter.promise;
    }

    private ConnectException notForwarded(int port) {
        return new ConnectException(
                "the device does not forward port " + port + " (it forwards " + ports + ")");
    }
}
