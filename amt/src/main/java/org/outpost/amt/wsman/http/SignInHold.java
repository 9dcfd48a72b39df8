package org.outpost.amt.wsman.http;

import org.outpost.amt.loop.TaskLoop;

import java.time.Duration;

/**
 * Keeps a wrong password from being tried again and again: AMT counts failures, delays its answers
 * and locks for a while, even for the right password (wsman.md section 1.1).
 */
final class SignInHold {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final TaskLoop loop;
    private Duration next = FIRST;
    private boolean held;
    private long until;

    SignInHold(TaskLoop loop) {
        this.loop = loop;
    }

    boolean holds() {
        return held && loop.nanoTime() - until < 0;
    }

    void failed() {
        held = true;
        until = loop.nanoTime() + next.toNanos();
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    }

    void succeeded() {
        held = false;
        next = FIRST;
    }
}
