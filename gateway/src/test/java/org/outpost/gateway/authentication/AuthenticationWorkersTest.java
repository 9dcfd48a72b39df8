package org.outpost.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

final class AuthenticationWorkersTest {
    private static final Credentials ALICE =
            new Credentials("alice", "secret", null, null, InetAddress.getLoopbackAddress());
    private static final Verdict YES = new Verdict.Accepted("alice");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong clock = new AtomicLong();
    private final Semaphore gate = new Semaphore(0);
    private final AtomicInteger inside = new AtomicInteger();
    private final Authenticator gated =
            credentials -> {
                inside.incrementAndGet();
                try {
                    gate.acquire();
                } finally {
                    inside.decrementAndGet();
                }
                return YES;
            };

    private AuthenticationWorkers workers =
            new AuthenticationWorkers(
                    "none", gated, AuthenticationSettings.DEFAULT, new SimpleMeterRegistry());

    @AfterEach
    void close() {
        gate.release(1_000_000);
        workers.close();
    }

    @Test
    void asksNoMoreThanAllowedAtOnceAndAnswersAll() throws Exception {
        start(gated, new AuthenticationSettings(4, 100, Duration.ofSeconds(30), 4, Duration.ZERO));
        List<CompletableFuture<Verdict>> answers = ask(50);

        await().until(() -> inside.get() == 4);
        gate.release(50);

        for (CompletableFuture<Verdict> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(YES);
        }
        // Those who asked hear it first.
        await().until(
                        () ->
                                meters.get("outpost.authentication")
                                                .tag("verdict", "accepted")
                                                .timer()
                                                .count()
                                        == 50);
        await().until(() -> meters.get("outpost.authentication.running").gauge().value() == 0);
    }

    @Test
    void aFullQueueAnswersUnavailableAtOnce() {
        start(gated, new AuthenticationSettings(1, 2, Duration.ofSeconds(30), 1, Duration.ZERO));
        List<CompletableFuture<Verdict>> answers = ask(4);

        assertThat(answers.get(3))
                .isCompletedWithValue(new Verdict.Unavailable("too many sign-ins wait"));
        assertThat(answers.subList(0, 3)).noneMatch(CompletableFuture::isDone);
        assertThat(meters.get("outpost.authentication.queue.full").counter().count()).isEqualTo(1);
    }

    @Test
    void theDeadlineAnswersForASourceThatHangsAndFreesItsPlace() throws Exception {
        start(gated, new AuthenticationSettings(1, 10, Duration.ofMillis(200), 1, Duration.ZERO));
        List<CompletableFuture<Verdict>> answers = ask(3);

        for (CompletableFuture<Verdict> answer : answers) {
            assertThat(answer.get(5, TimeUnit.SECONDS)).isInstanceOf(Verdict.Unavailable.class);
        }
        await().until(() -> inside.get() == 0);
        gate.release();
        assertThat(ask(1).getFirst().get(5, TimeUnit.SECONDS)).isEqualTo(YES);
    }

    @Test
    void aLateAnswerIsIgnored() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        start(
                credentials -> {
                    boolean released = false;
                    while (!released) {
                        try {
                            gate.acquire();
                            released = true;
                        } catch (InterruptedException e) {
                            // a source that does not care about interrupts
                        }
                    }
                    answered.countDown();
                    return YES;
                },
                new AuthenticationSettings(1, 10, Duration.ofMillis(100), 1, Duration.ZERO));
        CompletableFuture<Verdict> answer = ask(1).getFirst();
        assertThat(answer.get(5, TimeUnit.SECONDS)).isInstanceOf(Verdict.Unavailable.class);

        gate.release();
        assertThat(answered.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).isCompletedWithValueMatching(Verdict.Unavailable.class::isInstance);
    }

    @Test
    void aQuestionWithoutAnAnswerIsHeldAndAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        start(
                credentials -> {
                    if (asked.incrementAndGet() < 3) {
                        throw new IllegalStateException("away");
                    }
                    return YES;
                },
                new AuthenticationSettings(1, 10, Duration.ofSeconds(30), 1, Duration.ZERO)
                        .retrying(Duration.ofMillis(20)));

        assertThat(ask(1).getFirst().get(10, TimeUnit.SECONDS)).isEqualTo(YES);
        assertThat(asked).hasValue(3);
        assertThat(meters.get("outpost.authentication.held").gauge().value()).isZero();
    }

    @Test
    void whoIsHeldTakesNoPlaceAndIsAnsweredAtTheDeadline() throws Exception {
        start(
                credentials ->
                        credentials.user().equals("alice") ? new Verdict.Unavailable("away") : YES,
                new AuthenticationSettings(1, 10, Duration.ofSeconds(2), 1, Duration.ZERO)
                        .retrying(Duration.ofMillis(500)));
        CompletableFuture<Verdict> held = ask(1).getFirst();
        await().until(() -> meters.get("outpost.authentication.held").gauge().value() == 1);

        Credentials bob = new Credentials("bob", "x", null, null, InetAddress.getLoopbackAddress());
        assertThat(workers.authenticate(bob).toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEqualTo(YES);
        assertThat(held.get(10, TimeUnit.SECONDS)).isInstanceOf(Verdict.Unavailable.class);
    }

    @Test
    void aRefusalIsAnAnswerAndIsPassedOnAtOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        start(
                credentials -> {
                    asked.incrementAndGet();
                    return new Verdict.Refused("no");
                },
                new AuthenticationSettings(1, 10, Duration.ofSeconds(30), 1, Duration.ZERO)
                        .retrying(Duration.ofMillis(1)));

        assertThat(ask(1).getFirst().get(10, TimeUnit.SECONDS))
                .isEqualTo(new Verdict.Refused("no"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void whoIsHeldWhenTheServerStopsHearsSo() throws Exception {
        start(
                credentials -> new Verdict.Unavailable("away"),
                new AuthenticationSettings(1, 10, Duration.ofMinutes(10), 1, Duration.ZERO)
                        .retrying(Duration.ofMinutes(2)));
        CompletableFuture<Verdict> held = ask(1).getFirst();
        await().until(() -> meters.get("outpost.authentication.held").gauge().value() == 1);

        workers.close();

        assertThat(held.get(10, TimeUnit.SECONDS))
                .isEqualTo(new Verdict.Unavailable("the server is stopping"));
    }

    @Test
    void theNumberAskedAtOnceGrowsAfterTheStart() {
        start(
                gated,
                new AuthenticationSettings(
                        10, 1000, Duration.ofSeconds(30), 2, Duration.ofSeconds(8)));
        ask(100);
        await().until(() -> inside.get() == 2);
        assertThat(workers.allowedNow()).isEqualTo(2);

        clock.set(TimeUnit.SECONDS.toNanos(4));
        assertThat(workers.allowedNow()).isEqualTo(6);
        gate.release();
        await().until(() -> inside.get() == 6);

        clock.set(TimeUnit.SECONDS.toNanos(9));
        gate.release();
        await().until(() -> inside.get() == 10);
    }

    @Test
    void anAuthenticatorThatThrowsCountsAsUnavailableAndItsMessageIsNotRepeated() throws Exception {
        start(
                credentials -> {
                    throw new IllegalStateException("password was " + credentials.password());
                },
                AuthenticationSettings.DEFAULT);

        assertThat(ask(1).getFirst().get(5, TimeUnit.SECONDS))
                .isEqualTo(new Verdict.Unavailable("failed: IllegalStateException"));
    }

    @Test
    void theFirstThatAcceptsWinsAndRefusalNeedsThatAllCouldSay() throws Exception {
        Authenticator yes = credentials -> YES;
        Authenticator no = credentials -> new Verdict.Refused("no");
        Authenticator down = credentials -> new Verdict.Unavailable("down");
        Authenticator broken =
                credentials -> {
                    throw new java.io.IOException("boom");
                };

        assertThat(chain(no, down, broken, yes)).isEqualTo(YES);
        assertThat(chain(no, no)).isEqualTo(new Verdict.Refused("no; no"));
        assertThat(chain(no, down)).isEqualTo(new Verdict.Unavailable("down"));
        assertThat(chain(broken)).isInstanceOf(Verdict.Unavailable.class);
        assertThat(chain()).isEqualTo(new Verdict.Refused("no authenticator is configured"));
    }

    private static Verdict chain(Authenticator... authenticators) throws InterruptedException {
        return new AuthenticatorChain(List.of(authenticators)).authenticate(ALICE);
    }

    private void start(Authenticator authenticator, AuthenticationSettings settings) {
        workers = new AuthenticationWorkers("console", authenticator, settings, meters, clock::get);
    }

    private List<CompletableFuture<Verdict>> ask(int count) {
        List<CompletableFuture<Verdict>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CompletionStage<Verdict> answer = workers.authenticate(ALICE);
            answers.add(answer.toCompletableFuture());
        }
        return answers;
    }
}
