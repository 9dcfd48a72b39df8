package org.outpost.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.gateway.tunnel.Claim;
import org.outpost.gateway.tunnel.DeviceKey;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

class TouchesTest {
    private static final int DEVICES = 100;
    private static final int KEEP_ALIVES = 500;
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final Database database;
    private final Touches touches;
    private final List<UUID> devices = new ArrayList<>();

    TouchesTest(@TempDir Path folder) {
        database = Database.sqlite(folder.resolve("outpost.db"), List.of(Inventory.MIGRATIONS));
        touches = new Touches(database);
        for (int i = 0; i < DEVICES; i++) {
            DeviceKey key = new DeviceKey(new UUID(5, i), new UUID(5, i));
            Claim claim = new Claim(key.id(), "fleet", InetAddress.getLoopbackAddress(), NOON);
            get(database.write(handle -> DeviceTable.record(handle, key, claim, 1_000)));
            devices.add(key.id());
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void manyKeepAlivesOfADeviceAreOneWriteInOneTransaction() {
        long before = rowsChanged();

        keepAlives(NOON);
        assertThat(rowsChanged()).as("a keep-alive alone writes nothing").isEqualTo(before);
        get(touches.flush());

        assertThat(rowsChanged() - before).isEqualTo(DEVICES);
        assertThat(lastSeen())
                .containsOnly(NOON.plusSeconds(KEEP_ALIVES).toEpochMilli())
                .hasSize(DEVICES);
        get(touches.flush());
        assertThat(rowsChanged() - before).as("nothing is left").isEqualTo(DEVICES);
    }

    private void keepAlives(Instant start) {
        for (int i = 1; i <= KEEP_ALIVES; i++) {
            for (UUID device : devices) {
                touches.add(device, new Touch(start.plusSeconds(i), null, null));
            }
        }
    }

    /** By the one connection that writes, since it was opened. */
    private long rowsChanged() {
        return get(
                database.write(
                        handle ->
                                handle.createQuery("SELECT total_changes()")
                                        .mapTo(Long.class)
                                        .one()));
    }

    private List<Long> lastSeen() {
        return get(
                database.read(
                        handle ->
                                handle.createQuery("SELECT last_seen FROM device")
                                        .mapTo(Long.class)
                                        .list()));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(15, TimeUnit.SECONDS).join();
    }
}
