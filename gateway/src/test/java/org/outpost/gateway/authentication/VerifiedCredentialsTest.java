package org.outpost.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.outpost.authenticator.Verdict;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

final class VerifiedCredentialsTest {
    private static final Verdict YES = new Verdict.Accepted("alice");
    private static final Verdict NO = new Verdict.Refused("wrong");
    private static final Verdict PERHAPS = new Verdict.Unavailable("away");

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final VerifiedCredentials memory =
            new VerifiedCredentials(Duration.ofMinutes(10), 100, clock::get);

    private VerifiedCredentials.Check answering(Verdict verdict) {
        return () -> {
            asked.incrementAndGet();
            return verdict;
        };
    }

    @Test
    void whatWasAcceptedIsNotAskedAgainForItsLifetime() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            assertThat(memory.verify(answering(YES), "alice", "secret")).isEqualTo(YES);
        }
        assertThat(asked).hasValue(1);

        clock.set(Duration.ofMinutes(11).toNanos());
        assertThat(memory.verify(answering(NO), "alice", "secret")).isEqualTo(NO);
    }

    @Test
    void onlyAcceptanceIsRememberedAndOnlyForTheVeryCredentials() throws Exception {
        assertThat(memory.verify(answering(NO), "alice", "secret")).isEqualTo(NO);
        assertThat(memory.verify(answering(PERHAPS), "alice", "secret")).isEqualTo(PERHAPS);
        assertThat(memory.verify(answering(YES), "alice", "secret")).isEqualTo(YES);

        assertThat(memory.verify(answering(NO), "alice", "Secret")).isEqualTo(NO);
        assertThat(memory.verify(answering(NO), "alices", "ecret")).isEqualTo(NO);
        assertThat(memory.verify(answering(NO), "alice", "secret", "")).isEqualTo(NO);
        assertThat(memory.verify(answering(NO), "bob", "secret")).isEqualTo(NO);
    }

    @Test
    void withoutALifetimeEveryQuestionIsAsked() throws Exception {
        VerifiedCredentials forgetful = new VerifiedCredentials(Duration.ZERO, 100);

        forgetful.verify(answering(YES), "alice", "secret");
        forgetful.verify(answering(YES), "alice", "secret");

        assertThat(asked).hasValue(2);
    }

    @Test
    void thoseWhoShowTheSameAtTheSameTimeShareOneCheck() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger answered = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    memory.verify(
                                            () -> {
                                                asked.incrementAndGet();
                                                gate.await();
                                                return YES;
                                            },
                                            "fleet",
                                            "secret");
                                    answered.incrementAndGet();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            });
        }
        await().until(() -> asked.get() == 1);
        gate.countDown();

        await().until(() -> answered.get() == 1000);
        assertThat(asked).hasValue(1);
    }

    @Test
    void whenTheOneWhoAsksGivesUpAnotherTakesOver() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        Thread leader =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        memory.verify(
                                                () -> {
                                                    asking.countDown();
                                                    Thread.sleep(600_000);
                                                    return YES;
                                                },
                                                "alice",
                                                "secret");
                                    } catch (Exception e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        assertThat(asking.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Verdict> second = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                second.complete(memory.verify(answering(YES), "alice", "secret"));
                            } catch (Exception e) {
                                second.completeExceptionally(e);
                            }
                        });

        leader.interrupt();

        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(YES);
    }

    @Test
    void aCheckThatFailsIsAskedAgain() throws Exception {
        assertThatThrownBy(
                        () ->
                                memory.verify(
                                        () -> {
                                            throw new IllegalStateException("away");
                                        },
                                        "alice",
                                        "secret"))
                .isInstanceOf(IllegalStateException.class);

        assertThat(memory.verify(answering(YES), "alice", "secret")).isEqualTo(YES);
    }
}
