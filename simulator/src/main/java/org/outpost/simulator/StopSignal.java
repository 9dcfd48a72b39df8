package org.outpost.simulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into an orderly end with exit code 0. Java itself would exit with 128
 * plus the signal's number, so the hook waits for the end and then halts.
 */
final class StopSignal {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onSignal, "stop");

    /** Listens for signals from now on. */
    void install() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void onSignal() {
        ask();
        try {
            boolean inOrder = finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Runtime.getRuntime().halt(inOrder ? 0 : 1);
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    /** Asks for the end. */
    void ask() {
        asked.countDown();
    }

    /**
     * Waits until the end is asked for.
     *
     * @param most ends the wait; zero for no limit
     */
    void await(Duration most) throws InterruptedException {
        if (most.isZero()) {
            asked.await();
        } else {
            asked.await(most.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Everything is cleaned up. After a signal this does not return: the process ends with 0.
     *
     * @return false when no signal came, and the exit code is the caller's to choose
     */
    boolean finish() throws InterruptedException {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            hook.join();
            return true;
        }
    }
}
