package org.outpost.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outpost.access.audit.TrailFixture.KEYS;
import static org.outpost.access.audit.TrailFixture.get;
import static org.outpost.access.audit.TrailFixture.reset;

import org.junit.jupiter.api.Test;
import org.outpost.access.audit.AuditLine.Entry;
import org.outpost.access.audit.verify.AuditVerifier;
import org.outpost.access.audit.verify.Verification.Sound;
import org.outpost.testkit.database.PostgresServer;
import org.outpost.testkit.database.TestDatabase;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** A database server that really goes away and comes back. */
class AuditOutageTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void entriesWaitThroughAnOutageAndTheChainGoesOn() {
        try (PostgresServer server = PostgresServer.start(true);
                TrailFixture fixture =
                        new TrailFixture(new TestDatabase.OnPostgres(server.createDatabase()))) {
            AuditTrail trail = fixture.trail();
            fixture.record(7);
            server.shutDown();

            List<CompletionStage<Entry>> waiting =
                    IntStream.range(0, 20).mapToObj(i -> trail.record(reset(i))).toList();
            await().atMost(LONG).until(trail::isUnavailable);
            assertThat(trail.recordFirst(reset(99)).toCompletableFuture())
                    .as("refused at once")
                    .isCompletedExceptionally();
            assertThat(trail.last()).isEqualTo(7);
            server.start();

            await().atMost(LONG).until(() -> trail.last() == 27);
            assertThat(waiting).allSatisfy(one -> assertThat(get(one).sequence()).isGreaterThan(7));
            assertThat(get(trail.recordFirst(reset(100))).sequence()).isEqualTo(28);
            assertThat(new AuditVerifier(fixture.reader(), KEYS.trusted()).verify(trail.last()))
                    .isEqualTo(new Sound(1, 28, 28, 20, false));
        }
    }
}
