package org.outpost.gateway.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import org.outpost.authenticator.Verdict;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for some time which credentials a costly check accepted, so that a fleet that comes
 * back costs no minutes of hashing and no storm on a directory; and lets those who show the same
 * credentials at the same time share one check. Only acceptance is remembered. What is kept of the
 * credentials is their HMAC-SHA-256 under a random key of this object. Thread-safe.
 */
public final class VerifiedCredentials {
    private static final String MAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final Cache<ByteBuffer, Verdict.Accepted> verified;
    private final ConcurrentMap<ByteBuffer, CompletableFuture<Verdict>> underWay =
            new ConcurrentHashMap<>();

    /** What is done when the answer is not known. */
    @FunctionalInterface
    public interface Check {
        /**
         * Asks the source.
         *
         * @throws Exception passed on to all who wait for this answer, but for an interruption,
         *     which is the caller's alone
         */
        Verdict run() throws Exception;
    }

    /**
     * Makes an empty memory.
     *
     * @param lifetime how long an acceptance counts; zero to remember none
     * @param most how many are remembered; beyond that the least used go
     */
    public VerifiedCredentials(Duration lifetime, long most) {
        this(lifetime, most, Ticker.systemTicker());
    }

    VerifiedCredentials(Duration lifetime, long most, Ticker ticker) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, MAC);
        this.verified =
                Caffeine.newBuilder()
                        .maximumSize(lifetime.isZero() ? 0 : most)
                        .expireAfterWrite(lifetime)
                        .ticker(ticker)
                        .build();
    }

    /**
     * Answers from memory, or by a check.
     *
     * @param check run by the caller, unless another one is at it for the same credentials
     * @param credentials all that the answer depends on, the password and what it is compared with
     *     included
     * @throws InterruptedException when the caller was interrupted
     * @throws Exception what the check threw
     */
    public Verdict verify(Check check, String... credentials) throws Exception {
        ByteBuffer which = mac(credentials);
        while (true) {
            Verdict.Accepted known = verified.getIfPresent(which);
            if (known != null) {
                return known;
            }
            CompletableFuture<Verdict> own = new CompletableFuture<>();
            CompletableFuture<Verdict> other = underWay.putIfAbsent(which, own);
            if (other == null) {
                return lead(which, own, check);
            }
            try {
                return other.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof InterruptedException)) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
                // Whoever was at it gave up; one of those who waited takes over.
            }
        }
    }

    private Verdict lead(ByteBuffer which, CompletableFuture<Verdict> answer, Check check)
            throws Exception {
        try {
            Verdict verdict = check.run();
            if (verdict instanceof Verdict.Accepted accepted) {
                verified.put(which, accepted);
            }
            underWay.remove(which);
            answer.complete(verdict);
            return verdict;
        } catch (Throwable e) {
            underWay.remove(which);
            answer.completeExceptionally(e);
            throw e;
        }
    }

    private ByteBuffer mac(String... parts) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                mac.update(bytes);
            }
            return ByteBuffer.wrap(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }
}
