package org.outpost.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.outpost.gateway.transport.Transport;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class WatchdogTest {
    private final Listening manager = new Listening(Optional.of(Duration.ofMillis(60)));

    private static final class Listening implements ServiceManager {
        private final AtomicInteger beats = new AtomicInteger();
        private final Optional<Duration> patience;

        Listening(Optional<Duration> patience) {
            this.patience = patience;
        }

        @Override
        public void ready(String status) {}

        @Override
        public void status(String status) {}

        @Override
        public void stopping() {}

        @Override
        public void alive() {
            beats.incrementAndGet();
        }

        @Override
        public Optional<Duration> watchdog() {
            return patience;
        }

        @Override
        public void close() {}
    }

    @Test
    void aServerThatAnswersIsAlive() {
        try (Watchdog _ = new Watchdog(manager, () -> CompletableFuture.completedStage(null))) {
            await().until(() -> manager.beats.get() > 3);
        }
    }

    @Test
    void aServerThatIsNotAskedForLifeIsNotWatched() {
        Listening careless = new Listening(Optional.empty());
        AtomicInteger asked = new AtomicInteger();

        try (Watchdog _ =
                        new Watchdog(
                                careless,
                                () -> {
                                    asked.incrementAndGet();
                                    return CompletableFuture.completedStage(null);
                                });
                Watchdog _ = new Watchdog(manager, () -> CompletableFuture.completedStage(null))) {
            await().until(() -> manager.beats.get() > 3);
        }

        assertThat(asked).hasValue(0);
    }

    @Test
    void whileOneEventLoopHangsNobodySaysThatTheServerIsAlive() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (Transport transport = new Transport(2)) {
            transport
                    .loops()
                    .next()
                    .execute(
                            () -> {
                                hangs.countDown();
                                try {
                                    hanging.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            hangs.await();

            CompletionStage<Void> beat = transport.beat();
            try (Watchdog _ =
                    new Watchdog(
                            manager,
                            () -> {
                                asked.incrementAndGet();
                                return transport.beat();
                            })) {
                await().until(() -> asked.get() > 0);
                assertThat(beat.toCompletableFuture()).isNotDone();
                assertThat(manager.beats).hasValue(0);
                hanging.countDown();
                await().until(() -> manager.beats.get() > 0);
            }
        }
    }

    @Test
    void aBeatThatFailsIsNoSignOfLifeAndIsAskedForAgain() {
        AtomicInteger asked = new AtomicInteger();

        try (Watchdog _ =
                new Watchdog(
                        manager,
                        () -> {
                            if (asked.incrementAndGet() == 1) {
                                throw new IllegalStateException("not running");
                            }
                            return asked.get() == 2
                                    ? CompletableFuture.failedStage(new RuntimeException())
                                    : CompletableFuture.completedStage(null);
                        })) {
            await().until(() -> manager.beats.get() > 0);
        }

        assertThat(asked.get()).isGreaterThanOrEqualTo(3);
    }
}
