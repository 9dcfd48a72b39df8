package org.outpost.gateway.authentication;

import org.outpost.authenticator.Verdict;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Compares passwords with slow hashes, on a few threads of its own: hashing takes tens of
 * milliseconds of a processor and tens of megabytes, and a storm of logins shall take neither from
 * the rest of the server. What was verified is remembered for ten minutes.
 */
public final class PasswordHasher implements AutoCloseable {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final long MOST_REMEMBERED = 100_000;
    private static final int PART_OF_THE_HEAP = 8;
    private static final int BYTES_PER_KIB = 1024;

    private final ExecutorService threads;
    private final VerifiedCredentials verified;

    /** Starts as many threads as half the processors, fewer where memory is scarce. */
    public PasswordHasher() {
        this(
                threads(
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().maxMemory()),
                new VerifiedCredentials(REMEMBERED, MOST_REMEMBERED));
    }

    PasswordHasher(int threads, VerifiedCredentials verified) {
        this.verified = verified;
        this.threads =
                Executors.newFixedThreadPool(
                        threads,
                        work -> {
                            Thread thread = new Thread(work, "outpost-password-hash");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    static int threads(int processors, long heap) {
        long byMemory = heap / PART_OF_THE_HEAP / BYTES_PER_KIB / Argon2Hash.MOST_MEMORY;
        return (int) Math.max(1, Math.min(processors / 2, byMemory));
    }

    /**
     * The hash of a password, as a password file takes it.
     *
     * @return {@code $argon2id$…}, with a new salt
     */
    public static String hash(String password) {
        return Argon2Hash.of(password).text();
    }

    /**
     * Compares a password with a hash, from memory when it was right before. Blocks, for some tens
     * of milliseconds and the time of those that wait.
     *
     * @param user whose password; part of what is remembered
     * @param hash as {@link #hash} writes it
     * @throws IllegalArgumentException when it is no such hash
     * @throws InterruptedException when the waiting was interrupted
     */
    public boolean matches(String user, String password, String hash) throws Exception {
        return verify(user, password, parsed(hash)) instanceof Verdict.Accepted;
    }

    /**
     * Takes as long as {@link #matches} does for a wrong password: who is known is nobody's
     * business.
     *
     * @param hash any hash as {@link #hash} writes it
     * @throws InterruptedException when the waiting was interrupted
     */
    public void pretend(String password, String hash) throws Exception {
        pretend(password, parsed(hash));
    }

    private static Argon2Hash parsed(String text) {
        Argon2Hash hash = Argon2Hash.parse(text);
        if (hash == null) {
            throw new IllegalArgumentException("no hash of Argon2id");
        }
        return hash;
    }

    /** Compares, from memory when it was right before. */
    Verdict verify(String user, String password, Argon2Hash expected) throws Exception {
        return verified.verify(
                () ->
                        onThreads(() -> expected.matches(password))
                                ? new Verdict.Accepted(user)
                                : PasswordFile.WRONG,
                user,
                password,
                expected.text());
    }

    /** Takes the time of a comparison, and remembers nothing. */
    void pretend(String password, Argon2Hash model) throws Exception {
        onThreads(() -> model.matches(password));
    }

    private boolean onThreads(Callable<Boolean> comparison) throws Exception {
        Future<Boolean> answer = threads.submit(comparison);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(false);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
