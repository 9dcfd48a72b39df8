package org.outpost.apf.channel;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all receive windows of a process may promise together. Thread-safe. */
public final class WindowBudget {
    private final long total;
    private final AtomicLong reserved = new AtomicLong();

    /**
     * Makes a budget.
     *
     * @param total bytes
     */
    public WindowBudget(long total) {
        this.total = total;
    }

    /** Bytes promised now. */
    public long reserved() {
        return reserved.get();
    }

    /** Takes what is wanted if it is there, else nothing. */
    boolean tryReserve(long bytes) {
        while (true) {
            long before = reserved.get();
            if (before + bytes > total) {
                return false;
            }
            if (reserved.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }

    /** Takes the bytes even beyond the total: a channel needs some window to work at all. */
    void reserve(long bytes) {
        reserved.addAndGet(bytes);
    }

    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }
}
