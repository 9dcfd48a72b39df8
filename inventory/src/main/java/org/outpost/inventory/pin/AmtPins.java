package org.outpost.inventory.pin;

import org.jdbi.v3.core.mapper.RowMapper;
import org.outpost.database.Database;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * The certificates of AMT, one for each device. Stages fail with {@link
 * org.outpost.database.DatabaseException} when the database does not do what is asked.
 */
public final class AmtPins {
    private static final RowMapper<AmtPin> PIN =
            (row, context) ->
                    new AmtPin(
                            UUID.fromString(row.getString("id")),
                            row.getString("sha256"),
                            row.getString("subject"),
                            Instant.ofEpochMilli(row.getLong("seen_at")));

    private final Database database;

    /**
     * Keeps them in a database.
     *
     * @param database migrated with {@link org.outpost.inventory.Inventory#MIGRATIONS}; stays the
     *     caller's to close
     */
    public AmtPins(Database database) {
        this.database = database;
    }

    /** The certificate that counts for a device; empty when none was seen yet. */
    public CompletionStage<Optional<AmtPin>> find(UUID device) {
        return database.read(
                handle ->
                        handle.createQuery("SELECT * FROM amt_pin WHERE id = :id")
                                .bind("id", device.toString())
                                .map(PIN)
                                .findOne());
    }

    /** Lets a certificate count, in the place of the one that did; completes when it is durable. */
    public CompletionStage<Void> put(AmtPin pin) {
        return database.write(
                        handle ->
                                handle.createUpdate(
                                                "INSERT INTO amt_pin (id, sha256, subject, seen_at)"
                                                        + " VALUES (:id, :sha256, :subject, :seen)"
                                                        + " ON CONFLICT (id) DO UPDATE SET sha256 ="
                                                        + " excluded.sha256, subject ="
                                                        + " excluded.subject, seen_at ="
                                                        + " excluded.seen_at")
                                        .bind("id", pin.device().toString())
                                        .bind("sha256", pin.sha256())
                                        .bind("subject", pin.subject())
                                        .bind("seen", pin.seenAt().toEpochMilli())
                                        .execute())
                .thenAccept(rows -> {});
    }

    /** Forgets a device's certificate: the next one seen counts. Says whether there was one. */
    public CompletionStage<Boolean> remove(UUID device) {
        return database.write(
                handle ->
                        handle.createUpdate("DELETE FROM amt_pin WHERE id = :id")
                                        .bind("id", device.toString())
                                        .execute()
                                > 0);
    }
}
