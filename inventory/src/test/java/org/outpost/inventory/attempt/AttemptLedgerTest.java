package org.outpost.inventory.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.outpost.inventory.attempt.Attempts.claimed;
import static org.outpost.inventory.attempt.Attempts.connected;
import static org.outpost.inventory.attempt.Attempts.failed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.gateway.attempt.Outcome;
import org.outpost.inventory.Inventory;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

@OnBothDatabases
class AttemptLedgerTest {
    private static final UUID DEVICE = new UUID(1, 1);
    private static final int MOST = 500;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final TestDatabase place;
    private Database database;
    private AttemptLedger ledger;

    AttemptLedgerTest(DatabaseKind kind, @TempDir Path folder) {
        place = kind.fresh(folder);
        database = openDatabase();
        ledger = ledger(30);
    }

    private Database openDatabase() {
        List<String> migrations = List.of(Inventory.MIGRATIONS);
        return place.open(
                file -> Database.sqlite(file, migrations),
                address ->
                        Database.postgres(
                                PostgresSettings.of(address.url(), address.user(), null, 2),
                                migrations));
    }

    private void open() {
        database = openDatabase();
        ledger = ledger(30);
    }

    private AttemptLedger ledger(int days) {
        return new AttemptLedger(
                database, new AttemptSettings(MOST, Duration.ofDays(days), Duration.ofMillis(50)));
    }

    @AfterEach
    void close() {
        ledger.close();
        database.close();
    }

    @Test
    void whatWasNotedIsFoundAtOnceAndAfterARestart() {
        ledger.noted(failed("203.0.113.7", Outcome.CA_NOT_TRUSTED, now.minusSeconds(60)));
        ledger.noted(failed("203.0.113.7", Outcome.CA_NOT_TRUSTED, now));
        ledger.noted(connected("203.0.113.7", DEVICE, "pc-1", now));
        ledger.noted(claimed("2001:db8::1", new UUID(1, 2), Outcome.WRONG_CREDENTIALS, now));
        List<AttemptEntry> before = ledger.find(AttemptQuery.ALL).entries();
        assertThat(before).hasSize(3);

        close();
        open();

        assertThat(ledger.find(AttemptQuery.ALL).entries())
                .containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void aFloodFromManyAddressesLeavesMemoryAndTableBounded() {
        ledger.noted(connected("203.0.113.7", DEVICE, "pc-1", now));
        for (int i = 0; i < 20 * MOST; i++) {
            ledger.noted(failed("10.1." + i / 256 + "." + i % 256, Outcome.NOTHING_SENT, now));
        }
        assertThat(ledger.find(AttemptQuery.ALL).total()).isEqualTo(MOST + 1);

        await().atMost(SOON).untilAsserted(() -> assertThat(rows()).isEqualTo(MOST + 1));
        assertThat(ledger.lost()).isZero();
        close();
        open();
        assertThat(ledger.size()).isEqualTo(MOST + 1);
        assertThat(ledger.find(AttemptQuery.ALL.ofDevices("pc-1", java.util.Set.of())).total())
                .isEqualTo(1);
    }

    @Test
    void whatComesFasterThanItIsTakenIsCountedAndDropped() {
        for (int i = 0; i < 300_000; i++) {
            ledger.noted(failed("10.1.1.1", Outcome.NOTHING_SENT, now));
        }

        long counted =
                ledger.find(AttemptQuery.ALL).entries().getFirst().count(Outcome.NOTHING_SENT);
        assertThat(counted + ledger.lost()).isEqualTo(300_000);
    }

    @Test
    void oldEntriesAreDroppedAtTheStart() {
        ledger.close();
        ledger = ledger(40);
        ledger.noted(failed("203.0.113.7", Outcome.TLS_TIMEOUT, now.minus(Duration.ofDays(31))));
        ledger.noted(failed("203.0.113.8", Outcome.TLS_TIMEOUT, now));
        await().atMost(SOON).untilAsserted(() -> assertThat(rows()).isEqualTo(2));
        close();
        open();

        await().atMost(SOON).untilAsserted(() -> assertThat(rows()).isEqualTo(1));
        assertThat(ledger.size()).isEqualTo(1);
    }

    @Test
    void withoutTheDatabaseItGoesOnInMemory() {
        database.close();
        ledger.noted(failed("203.0.113.7", Outcome.TLS_TIMEOUT, now));

        assertThat(ledger.find(AttemptQuery.ALL).total()).isEqualTo(1);
    }

    private long rows() {
        return database.read(
                        handle ->
                                handle.createQuery("SELECT COUNT(*) FROM attempt")
                                        .mapTo(Long.class)
                                        .one())
                .toCompletableFuture()
                .join();
    }
}
