package org.outpost.gateway.authentication.plugin;

import org.jspecify.annotations.Nullable;
import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A plug-in's authenticator behind a bulkhead: so many calls at once, each for so long, on threads
 * of its own. A call that throws, links wrongly, gives null or takes too long counts as {@link
 * Verdict.Unavailable}. One that does not even end when interrupted keeps its place until it does;
 * while all places are kept so, the plug-in is not asked.
 */
final class PluginAuthenticator implements Authenticator {
    private static final Logger log = LoggerFactory.getLogger(PluginAuthenticator.class);
    private static final int SHORTEST_SECRET = 4;
    private static final int LONGEST_REASON = 500;

    private final String name;
    private final Authenticator plugin;
    private final PluginLimits limits;
    private final PluginThreads threads;
    private final Semaphore places;
    private final AtomicInteger overdue = new AtomicInteger();

    PluginAuthenticator(
            String name, Authenticator plugin, PluginLimits limits, PluginThreads threads) {
        this.name = name;
        this.plugin = plugin;
        this.limits = limits;
        this.threads = threads;
        this.places = new Semaphore(limits.concurrency(), true);
    }

    @Override
    public Verdict authenticate(Credentials credentials) throws InterruptedException {
        if (overdue.get() >= limits.concurrency()) {
            return unavailable("does not answer: all its calls hang");
        }
        long end = System.nanoTime() + limits.timeout().toNanos();
        if (!places.tryAcquire(limits.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
            return unavailable("is busy");
        }
        Call call = new Call(credentials);
        try {
            threads.execute(call);
        } catch (RuntimeException e) {
            places.release();
            return unavailable("cannot be asked: " + e.getClass().getSimpleName());
        }
        try {
            return call.answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.giveUp();
            return unavailable("gave no answer within " + limits.timeout().toMillis() + " ms");
        } catch (InterruptedException e) {
            call.giveUp();
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("calls answer whatever happens", e);
        }
    }

    private Verdict unavailable(String what) {
        return new Verdict.Unavailable("plug-in \"" + name + "\" " + what);
    }

    /** One call; its monitor guards who takes an interrupt for whom. */
    private final class Call implements Runnable {
        private final Credentials credentials;
        private final CompletableFuture<Verdict> answer = new CompletableFuture<>();
        private @Nullable Thread thread;
        private boolean isOverdue;
        private boolean hasEnded;

        Call(Credentials credentials) {
            this.credentials = credentials;
        }

        @Override
        public void run() {
            try {
                if (begin()) {
                    answer.complete(checked(plugin.authenticate(credentials), credentials));
                }
            } catch (Throwable e) {
                // Foreign code: LinkageError is as likely as any exception.
                String what = PluginThreads.describe(e);
                log.atDebug()
                        .addKeyValue("plugin", name)
                        .addKeyValue("failure", what)
                        .log("a plug-in's call failed");
                answer.complete(unavailable("failed: " + e.getClass().getSimpleName()));
            } finally {
                end();
            }
        }

        private synchronized boolean begin() {
            thread = Thread.currentThread();
            return !isOverdue;
        }

        private synchronized void end() {
            hasEnded = true;
            if (isOverdue) {
                overdue.decrementAndGet();
            }
            places.release();
        }

        synchronized void giveUp() {
            if (!hasEnded) {
                isOverdue = true;
                overdue.incrementAndGet();
                if (thread != null) {
                    thread.interrupt();
                }
            }
        }
    }

    private Verdict checked(@Nullable Verdict verdict, Credentials credentials) {
        return switch (verdict) {
            case null -> unavailable("gave null");
            case Verdict.Accepted accepted -> accepted;
            case Verdict.Refused(String reason) ->
                    new Verdict.Refused(fitForLogs(reason, credentials));
            case Verdict.Unavailable(String reason) ->
                    new Verdict.Unavailable(fitForLogs(reason, credentials));
        };
    }

    /** It is easy to put into a reason what was shown, or more than anybody reads. */
    private static String fitForLogs(String reason, Credentials credentials) {
        String password = credentials.password();
        String clean =
                password == null || password.length() < SHORTEST_SECRET
                        ? reason
                        : reason.replace(password, "***");
        return clean.length() <= LONGEST_REASON ? clean : clean.substring(0, LONGEST_REASON) + "…";
    }

    @Override
    public void close() {
        try {
            threads.end(plugin::close);
        } catch (PluginThreads.Failed e) {
            log.atWarn()
                    .addKeyValue("plugin", name)
                    .addKeyValue("failure", e.getMessage())
                    .log("a plug-in did not close in order");
        }
    }
}
