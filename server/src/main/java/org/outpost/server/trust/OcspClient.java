package org.outpost.server.trust;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.egress.EgressPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks issuers' responders whether certificates are revoked (RFC 6960), for all listeners. Answers
 * are kept until they end, a day at most, and a minute where the certificate is not known. So many
 * questions are under way at once, so many wait, and each has a deadline, its wait included. A
 * responder that has just failed is left alone for a few seconds, so that a storm of handshakes
 * does not wait for it one by one. Thread-safe, and waits for nothing.
 */
public final class OcspClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OcspClient.class);
    private static final int AT_ONCE = 64;
    private static final int WAITING = 4096;
    private static final int MOST_KEPT = 50_000;
    private static final int MOST_RESPONDERS = 1000;
    private static final Duration LONGEST_KEPT = Duration.ofDays(1);
    private static final Duration UNKNOWN_KEPT = Duration.ofMinutes(1);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("outpost-ocsp", true), NioIoHandler.newFactory());
    private final ThreadPoolExecutor workers =
            new ThreadPoolExecutor(
                    2,
                    2,
                    30,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(WAITING),
                    Thread.ofPlatform().name("outpost-ocsp-work-", 1).daemon().factory());
    private final HandshakeSlots slots = new HandshakeSlots(AT_ONCE, WAITING);
    private final Map<Key, CompletableFuture<OcspStatus>> underWay = new ConcurrentHashMap<>();
    private final Set<URI> inTrouble = ConcurrentHashMap.newKeySet();
    private final Cache<URI, String> failing;
    private final Cache<Key, OcspStatus> kept;
    private final OcspTransport transport;
    private final ResponderAddresses written;
    private final ResponderAddresses named;
    private final Duration deadline;
    private final InstantSource clock;
    private final MeterRegistry meters;

    /** What is asked of whom. */
    private record Key(URI responder, X509Certificate issuer, X509Certificate certificate) {}

    /**
     * Makes the client.
     *
     * @param egress says where a responder that a certificate names may be
     * @param deadline for one question
     */
    public OcspClient(
            EgressPolicy egress, Duration deadline, InstantSource clock, MeterRegistry meters) {
        this.transport = new HttpOcspTransport(loops, deadline);
        this.written = ResponderAddresses.asWritten(workers);
        this.named = ResponderAddresses.allowedBy(egress);
        this.deadline = deadline;
        this.clock = clock;
        this.meters = meters;
        this.failing =
                Caffeine.newBuilder()
                        .maximumSize(MOST_RESPONDERS)
                        .expireAfterWrite(LEFT_ALONE)
                        .build();
        this.kept =
                Caffeine.newBuilder()
                        .maximumSize(MOST_KEPT)
                        .expireAfter(Expiry.creating((Key _, OcspStatus status) -> life(status)))
                        .build();
        workers.allowCoreThreadTimeOut(true);
    }

    private Duration life(OcspStatus status) {
        Duration left = Duration.between(clock.instant(), status.until());
        // A certificate may be so new that its issuer has not told the responder.
        Duration longest = status instanceof OcspStatus.Unknown ? UNKNOWN_KEPT : LONGEST_KEPT;
        return left.isNegative() ? Duration.ZERO : left.compareTo(longest) > 0 ? longest : left;
    }

    /**
     * What the responder says.
     *
     * @return fails with an {@link OcspException} when nobody says anything
     */
    CompletionStage<OcspStatus> ask(
            X509Certificate certificate, X509Certificate issuer, OcspSettings settings) {
        URI own = settings.responder();
        URI responder = own == null ? ResponderUrl.of(certificate) : own;
        if (responder == null) {
            return CompletableFuture.failedStage(
                    new OcspException("the certificate names no responder: write one as ocsp-url"));
        }
        Key key = new Key(responder, issuer, certificate);
        OcspStatus before = kept.getIfPresent(key);
        if (before != null && before.until().isAfter(clock.instant())) {
            count("kept");
            return CompletableFuture.completedStage(before);
        }
        String trouble = failing.getIfPresent(responder);
        if (trouble != null) {
            count("left_alone");
            return CompletableFuture.failedStage(new OcspException(trouble));
        }
        CompletableFuture<OcspStatus> answer = new CompletableFuture<>();
        CompletableFuture<OcspStatus> same = underWay.putIfAbsent(key, answer);
        if (same != null) {
            return same;
        }
        begin(key, own == null ? named : written, settings.nonce(), answer);
        return answer;
    }

    private void begin(
            Key key,
            ResponderAddresses addresses,
            boolean nonce,
            CompletableFuture<OcspStatus> answer) {
        answer.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((status, failure) -> ended(key, status, failure));
        HandshakeSlots.Slot slot =
                slots.acquire(
                        () -> {
                            if (!answer.isDone()) {
                                send(key, addresses, nonce, answer);
                            }
                        });
        if (slot == null) {
            answer.completeExceptionally(new OcspException("too many questions wait already"));
        } else {
            answer.whenComplete((_, _) -> slot.release());
        }
    }

    private void send(
            Key key,
            ResponderAddresses addresses,
            boolean nonce,
            CompletableFuture<OcspStatus> answer) {
        OcspQuestion question = OcspQuestion.about(key.certificate(), key.issuer(), nonce);
        CompletableFuture<OcspStatus> read =
                addresses
                        .of(key.responder())
                        .thenCompose(address -> posted(key.responder(), address, question, answer))
                        .thenApplyAsync(body -> read(key, question, body), workers)
                        .toCompletableFuture();
        read.whenComplete(
                (status, failure) -> {
                    if (failure == null) {
                        answer.complete(status);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
    }

    /** Ends the request when the one who waits gives up. */
    private CompletionStage<byte[]> posted(
            URI responder,
            InetSocketAddress address,
            OcspQuestion question,
            CompletableFuture<OcspStatus> answer) {
        CompletableFuture<byte[]> body =
                transport.post(responder, address, question.encoded()).toCompletableFuture();
        answer.whenComplete((_, _) -> body.cancel(false));
        return body;
    }

    private OcspStatus read(Key key, OcspQuestion question, byte[] body) {
        try {
            return new OcspAnswer(question, key.issuer(), clock.instant()).read(body);
        } catch (OcspException e) {
            throw new CompletionException(e);
        }
    }

    private void ended(Key key, @Nullable OcspStatus status, @Nullable Throwable failure) {
        underWay.remove(key);
        if (status != null) {
            count(
                    switch (status) {
                        case OcspStatus.Good _ -> "good";
                        case OcspStatus.Revoked _ -> "revoked";
                        case OcspStatus.Unknown _ -> "unknown";
                    });
            kept.put(key, status);
            if (inTrouble.remove(key.responder())) {
                log.atInfo()
                        .addKeyValue("responder", key.responder())
                        .log("the OCSP responder answers again");
            }
        } else if (failure != null) {
            count("unavailable");
            String reason = reason(failure);
            if (isUnreachable(failure)) {
                failing.put(key.responder(), reason);
            }
            if (inTrouble.size() < MOST_RESPONDERS && inTrouble.add(key.responder())) {
                log.atWarn()
                        .addKeyValue("responder", key.responder())
                        .addKeyValue("reason", reason)
                        .log("the OCSP responder gives no answer");
            }
        }
    }

    /** One certificate that it does not serve must not close the responder to all others. */
    private static boolean isUnreachable(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof TimeoutException
                || (cause instanceof OcspException ocsp && ocsp.isUnreachable());
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** What went wrong, in words. */
    static String reason(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof TimeoutException
                ? "the responder did not answer in time"
                : String.valueOf(cause.getMessage());
    }

    private void count(String outcome) {
        meters.counter("outpost.tls.ocsp", "outcome", outcome).increment();
    }

    /** Ends; questions under way are not answered. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        workers.shutdownNow();
    }
}
