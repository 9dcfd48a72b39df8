package org.outpost.amt.wsman.http;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.connection.DeviceConnector;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.loop.TaskLoop;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * HTTP with one device as one user: keeps a connection and a nonce, opens the connection anew when
 * the device has closed it, answers challenges. Everything runs on its loop; one exchange at a
 * time.
 *
 * <p>A request may be sent again when it surely did nothing (a 401, a connection that was closed
 * before), and otherwise only when it is repeatable, once.
 */
public final class HttpSession {
    private static final int MOST_CHALLENGES = 3;
    private static final int CNONCE_BYTES = 8;

    private final DeviceConnector connector;
    private final Credentials credentials;
    private final HttpSettings settings;
    private final TaskLoop loop;
    private final DigestState digest;
    private final SignInHold hold;

    private @Nullable HttpConnection connection;
    private @Nullable Exchange running;
    private @Nullable String realm;
    private boolean basic;
    private long lastUsed;

    /**
     * Makes a session; nothing is connected yet.
     *
     * @param connector connects to the device
     * @param credentials the user
     * @param settings limits and manners
     * @param loop where everything runs
     * @param random for our part of the digest
     */
    public HttpSession(
            DeviceConnector connector,
            Credentials credentials,
            HttpSettings settings,
            TaskLoop loop,
            SecureRandom random) {
        this.connector = connector;
        this.credentials = credentials;
        this.settings = settings;
        this.loop = loop;
        this.digest = new DigestState(credentials, () -> cnonce(random));
        this.hold = new SignInHold(loop);
        this.realm = credentials.realm().orElse(null);
    }

    private static String cnonce(SecureRandom random) {
        byte[] bytes = new byte[CNONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The digest realm that the device has named and the password was accepted for. */
    public Optional<String> realm() {
        return Optional.ofNullable(realm);
    }

    /**
     * Posts an envelope. Fails with an {@link AmtException}. Only on the loop, and only when no
     * other exchange is under way.
     *
     * @param body the envelope
     * @param repeatable whether it may be sent again when the connection is lost
     */
    public CompletableFuture<HttpAnswer> post(byte[] body, boolean repeatable) {
        if (running != null) {
            throw new IllegalStateException("one request at a time");
        }
        Exchange exchange = new Exchange(body, repeatable);
        if (hold.holds()) {
            exchange.result.completeExceptionally(wrongPassword());
            return exchange.result;
        }
        running = exchange;
        exchange.begin();
        return exchange.result;
    }

    /**
     * Ends the exchange that is under way, and its connection. Does nothing when there is none.
     *
     * @param failure what the exchange ends with
     */
    public void abort(AmtFailure failure) {
        Exchange exchange = running;
        if (exchange != null) {
            exchange.fail(new AmtException(failure));
        }
    }

    /** Whether the request that is under way has been sent at least once. */
    public boolean sent() {
        Exchange exchange = running;
        return exchange != null && exchange.sent;
    }

    /** Closes the connection when nothing is under way; the next request opens another. */
    public void closeIdle() {
        if (running == null) {
            dropConnection();
        }
    }

    private void dropConnection() {
        HttpConnection old = connection;
        connection = null;
        if (old != null) {
            old.close();
        }
    }

    private AmtException wrongPassword() {
        return new AmtException(new AmtFailure.AuthenticationFailed(credentials.user()));
    }

    /** One request until its answer, with what has to be sent again on the way. */
    private final class Exchange {
        private final byte[] body;
        private final boolean repeatable;
        private final CompletableFuture<HttpAnswer> result = new CompletableFuture<>();

        private @Nullable CompletableFuture<?> step;
        private int challenges;
        private boolean answersNewNonce;
        private boolean reopened;
        private boolean sent;

        Exchange(byte[] body, boolean repeatable) {
            this.body = body;
            this.repeatable = repeatable;
        }

        void begin() {
            HttpConnection kept = connection;
            if (kept != null && kept.isOpen() && fresh()) {
                send(kept);
            } else {
                open();
            }
        }

        private boolean fresh() {
            return repeatable || loop.nanoTime() - lastUsed < settings.once().toNanos();
        }

        private void open() {
            dropConnection();
            await(
                    HttpConnection.open(connector, settings),
                    (opened, failure) -> {
                        if (opened == null) {
                            fail(failure);
                        } else {
                            connection = opened;
                            send(opened);
                        }
                    });
        }

        private void send(HttpConnection on) {
            sent = true;
            await(
                    on.post(body, authorization()),
                    (answer, failure) -> {
                        lastUsed = loop.nanoTime();
                        if (answer == null) {
                            lost(failure);
                        } else if (answer.status() == 401) {
                            challenged(answer);
                        } else {
                            succeed(answer);
                        }
                    });
        }

        private String authorization() {
            if (basic) {
                String pair = credentials.user() + ':' + credentials.password();
                return "Basic "
                        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            }
            return digest.authorization("POST", HttpConnection.PATH, body).orElse("");
        }

        private void challenged(HttpAnswer answer) {
            Optional<DigestChallenge> found =
                    answer.challenges().stream()
                            .map(DigestChallenge::parse)
                            .flatMap(Optional::stream)
                            .findFirst();
            if (found.isEmpty() || !DigestState.answerable(found.get())) {
                offerBasic(answer, found.isPresent());
                return;
            }
            DigestChallenge challenge = found.get();
            if (realm != null && !realm.equals(challenge.realm())) {
                fail(new AmtException(new AmtFailure.RealmChanged(realm, challenge.realm())));
                return;
            }
            challenges++;
            boolean wrong = answersNewNonce && !challenge.stale();
            if (wrong || challenges == MOST_CHALLENGES) {
                refused();
                return;
            }
            digest.accept(challenge);
            answersNewNonce = true;
            again();
        }

        private void offerBasic(HttpAnswer answer, boolean unknownDigest) {
            boolean offered =
                    answer.challenges().stream()
                            .anyMatch(one -> one.regionMatches(true, 0, "Basic", 0, 5));
            if (settings.basic() && offered && !basic) {
                basic = true;
                again();
            } else if (basic) {
                basic = false;
                refused();
            } else {
                fail(
                        new AmtException(
                                new AmtFailure.ProtocolError(
                                        unknownDigest
                                                ? "it asks for a digest other than MD5"
                                                : "it asks for a password without a digest"
                                                        + " challenge")));
            }
        }

        private void refused() {
            digest.forget();
            hold.failed();
            fail(wrongPassword());
        }

        /** A 401 says that nothing was done; but it may also say that the connection ends. */
        private void again() {
            HttpConnection kept = connection;
            if (repeatable && kept != null && kept.isOpen()) {
                send(kept);
            } else {
                open();
            }
        }

        private void lost(@Nullable Throwable failure) {
            Optional<AmtFailure> known =
                    failure == null ? Optional.empty() : AmtException.failureOf(failure);
            boolean harmless =
                    known.filter(
                                    one ->
                                            one instanceof AmtFailure.ConnectionLost lost
                                                    && (repeatable || !lost.sent()))
                            .isPresent();
            if (harmless && !reopened) {
                reopened = true;
                open();
            } else {
                fail(failure);
            }
        }

        private void succeed(HttpAnswer answer) {
            running = null;
            if (challenges > 0) {
                hold.succeeded();
            }
            adoptRealm();
            HttpConnection kept = connection;
            if (kept != null && !kept.isOpen()) {
                connection = null;
            }
            result.complete(answer);
        }

        private void adoptRealm() {
            if (realm == null) {
                realm = digest.realm().orElse(null);
            }
        }

        void fail(@Nullable Throwable failure) {
            running = null;
            dropConnection();
            CompletableFuture<?> waiting = step;
            if (waiting != null) {
                waiting.cancel(false);
            }
            result.completeExceptionally(
                    failure == null
                            ? new AmtException(new AmtFailure.ConnectionLost(sent))
                            : failure);
        }

        /** Goes on here, on the loop, unless the exchange has ended meanwhile. */
        private <T> void await(
                CompletableFuture<T> next, BiConsumer<@Nullable T, @Nullable Throwable> then) {
            step = next;
            next.whenComplete(
                    (value, failure) ->
                            loop.execute(
                                    () -> {
                                        if (running == this && step == next) {
                                            then.accept(value, failure);
                                        } else if (value instanceof HttpConnection stray) {
                                            stray.close();
                                        } else if (value instanceof HttpConnection stray) {
                                            stray.close();
                                        }
                                    }));
        }
    }
}
