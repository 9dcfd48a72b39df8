package org.outpost.gateway.authentication.plugin;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs one plug-in's code on threads of the platform that are its own: code that spins or hangs
 * holds one of these, and none that others need. Its class loader is their context.
 */
final class PluginThreads implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(5);

    private final ExecutorService threads;

    PluginThreads(String name, ClassLoader loader) {
        this.threads =
                Executors.newCachedThreadPool(
                        code -> {
                            Thread thread = new Thread(code, "outpost-plugin-" + name);
                            thread.setDaemon(true);
                            thread.setContextClassLoader(loader);
                            return thread;
                        });
    }

    /** The code gave nothing; the message is fit for a log: it repeats nothing of the plug-in's. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        private final transient @Nullable Throwable failure;

        Failed(String message, @Nullable Throwable failure) {
            super(message);
            this.failure = failure;
        }

        /** What the code threw; null when it threw nothing. */
        @Nullable Throwable failure() {
            return failure;
        }
    }

    /** Runs the code, which handles its failures itself. */
    void execute(Runnable code) {
        threads.execute(code);
    }

    /** Runs the code and waits for what it gives. */
    <T> T call(Callable<T> code, Duration patience) throws Failed {
        Future<T> answer = threads.submit(code);
        try {
            T given = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (given == null) {
                throw new Failed("it gave null", null);
            }
            return given;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new Failed("it threw " + describe(cause), cause);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Failed("it took longer than " + patience.toSeconds() + " s", null);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Failed("interrupted", null);
        }
    }

    /** The class, and where it was thrown; never its message, which may quote a secret. */
    static String describe(@Nullable Throwable failure) {
        if (failure == null) {
            return "nothing";
        }
        StackTraceElement[] trace = failure.getStackTrace();
        return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    /** Runs a last piece of code for at most 5 s, then interrupts whatever still runs. */
    void end(Runnable last) throws Failed {
        try {
            call(
                    () -> {
                        last.run();
                        return true;
                    },
                    END);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
