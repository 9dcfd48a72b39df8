package org.outpost.server.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Turns SIGINT and SIGTERM into an interruption of one thread and, once that has cleaned up, exit
 * code 0. Java by itself would exit with 128 plus the signal's number.
 */
final class StopSignal {
    private final Thread worker;
    private final Duration patience;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onSignal, "stop");

    /**
     * A signal for the thread that makes it.
     *
     * @param patience how long that thread may take to clean up
     */
    StopSignal(Duration patience) {
        this.worker = Thread.currentThread();
        this.patience = patience;
    }

    /** Listens from now on. */
    void install() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void onSignal() {
        worker.interrupt();
        try {
            Runtime.getRuntime()
                    .halt(finished.await(patience.toSeconds(), TimeUnit.SECONDS) ? 0 : 1);
        } catch (InterruptedException _) {
            Runtime.getRuntime().halt(1);
        }
    }

    /** Everything is cleaned up. After a signal this does not return: the process ends here. */
    void finish() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // A signal came: the hook is about to end this process.
            while (true) {
                LockSupport.park(this);
            }
        }
    }
}
