package org.outpost.inventory.pin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.inventory.Inventory;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

@OnBothDatabases
class AmtPinsTest {
    private static final UUID DEVICE = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564433");
    private static final UUID OTHER = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564434");
    private static final AmtPin FIRST =
            new AmtPin(
                    DEVICE, "ab".repeat(32), "CN=pc-1", Instant.ofEpochMilli(1_700_000_000_123L));

    private final TestDatabase place;
    private Database database;
    private AmtPins pins;

    AmtPinsTest(DatabaseKind kind, @TempDir Path folder) {
        place = kind.fresh(folder);
        database = open();
        pins = new AmtPins(database);
    }

    private Database open() {
        List<String> migrations = List.of(Inventory.MIGRATIONS);
        return place.open(
                file -> Database.sqlite(file, migrations),
                address ->
                        Database.postgres(
                                PostgresSettings.of(address.url(), address.user(), null, 2),
                                migrations));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aPinIsThereAfterARestart() throws Exception {
        get(pins.put(FIRST));

        database.close();
        database = open();
        pins = new AmtPins(database);

        assertThat(get(pins.find(DEVICE))).contains(FIRST);
        assertThat(get(pins.find(OTHER))).isEmpty();
    }

    @Test
    void anotherCertificateTakesThePlaceOfTheFirst() throws Exception {
        AmtPin second =
                new AmtPin(DEVICE, "cd".repeat(32), "CN=pc-1", FIRST.seenAt().plusMillis(1));
        get(pins.put(FIRST));
        get(pins.put(second));

        assertThat(get(pins.find(DEVICE))).contains(second);
    }

    @Test
    void whatWasForgottenIsGoneAndNothingElse() throws Exception {
        AmtPin of = new AmtPin(OTHER, FIRST.sha256(), "", FIRST.seenAt());
        get(pins.put(FIRST));
        get(pins.put(of));

        assertThat(get(pins.remove(DEVICE))).isTrue();
        assertThat(get(pins.remove(DEVICE))).isFalse();
        assertThat(get(pins.find(DEVICE))).isEmpty();
        assertThat(get(pins.find(OTHER))).contains(of);
    }
}
