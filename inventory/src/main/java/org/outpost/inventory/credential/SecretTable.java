package org.outpost.inventory.credential;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The SQL of the table {@code device_secret}. */
final class SecretTable {
    private static final RowMapper<DeviceCredential> CREDENTIAL =
            (row, context) -> {
                String device = row.getString("device");
                long revoked = row.getLong("revoked");
                boolean good = row.wasNull();
                return new DeviceCredential(
                        UUID.fromString(row.getString("id")),
                        row.getString("user_name"),
                        device == null ? null : UUID.fromString(device),
                        row.getString("label"),
                        Instant.ofEpochMilli(row.getLong("created")),
                        good ? null : Instant.ofEpochMilli(revoked));
            };

    private SecretTable() {}

    /** A credential with what its password is compared by. */
    record Row(DeviceCredential credential, String keyId, String mac) {}

    /** Whether any good credential was made with any key. */
    static boolean isUsed(Handle handle) {
        return handle.createQuery("SELECT 1 FROM device_secret WHERE revoked IS NULL LIMIT 1")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Returns false when the user name was given before. */
    static boolean insert(Handle handle, Row row) {
        DeviceCredential credential = row.credential();
        return handle.createUpdate(
                                "INSERT INTO device_secret (id, user_name, key_id, mac, device,"
                                        + " label, created) VALUES (:id, :user, :key, :mac,"
                                        + " :device, :label, :created) ON CONFLICT (user_name) DO"
                                        + " NOTHING")
                        .bind("id", credential.id().toString())
                        .bind("user", credential.user())
                        .bind("key", row.keyId())
                        .bind("mac", row.mac())
                        .bind("device", text(credential.device()))
                        .bind("label", credential.label())
                        .bind("created", credential.created().toEpochMilli())
                        .execute()
                == 1;
    }

    private static @Nullable String text(@Nullable UUID uuid) {
        return uuid == null ? null : uuid.toString();
    }

    /** Hands over all that are good. */
    static void good(Handle handle, Consumer<Row> each) {
        handle.createQuery("SELECT * FROM device_secret WHERE revoked IS NULL")
                .map(
                        (row, context) ->
                                new Row(
                                        CREDENTIAL.map(row, context),
                                        row.getString("key_id"),
                                        row.getString("mac")))
                .useIterator(rows -> rows.forEachRemaining(each));
    }

    /** Revokes it by its id or its user name; says which it was, unless there was none. */
    static Optional<DeviceCredential> revoke(Handle handle, String idOrUser, Instant time) {
        handle.createUpdate(
                        "UPDATE device_secret SET revoked = :time WHERE (id = :which OR user_name"
                                + " = :which) AND revoked IS NULL")
                .bind("time", time.toEpochMilli())
                .bind("which", idOrUser)
                .execute();
        return handle.createQuery(
                        "SELECT * FROM device_secret WHERE id = :which OR user_name = :which")
                .bind("which", idOrUser)
                .map(CREDENTIAL)
                .findFirst();
    }

    /** Those made last first. */
    static List<DeviceCredential> list(Handle handle, boolean revokedToo, int skip, int top) {
        return handle.createQuery(
                        "SELECT * FROM device_secret"
                                + where(revokedToo)
                                + " ORDER BY created DESC, user_name LIMIT :top OFFSET :skip")
                .bind("top", top)
                .bind("skip", skip)
                .map(CREDENTIAL)
                .list();
    }

    static long count(Handle handle, boolean revokedToo) {
        return handle.createQuery("SELECT COUNT(*) FROM device_secret" + where(revokedToo))
                .mapTo(Long.class)
                .one();
    }

    private static String where(boolean revokedToo) {
        return revokedToo ? "" : " WHERE revoked IS NULL";
    }
}
