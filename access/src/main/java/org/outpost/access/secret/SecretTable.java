package org.outpost.access.secret;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The SQL of the table {@code vault_secret}. */
final class SecretTable {
    private static final String COLUMNS =
            "kind, subject, tenant, key_id, data_key, nonce, ciphertext, updated";
    private static final String THIS =
            " WHERE kind = :kind AND subject = :subject AND tenant = :tenant";
    private static final RowMapper<SealedSecret> ROW =
            (row, context) ->
                    new SealedSecret(
                            new SecretName(
                                    row.getString("kind"),
                                    row.getString("subject"),
                                    row.getString("tenant")),
                            row.getString("key_id"),
                            row.getString("data_key"),
                            row.getString("nonce"),
                            row.getString("ciphertext"),
                            Instant.ofEpochMilli(row.getLong("updated")));

    private SecretTable() {}

    static void put(Handle handle, SealedSecret row) {
        bind(
                        handle.createUpdate(
                                "INSERT INTO vault_secret ("
                                        + COLUMNS
                                        + ") VALUES (:kind, :subject, :tenant, :key, :dataKey,"
                                        + " :nonce, :ciphertext, :updated) ON CONFLICT (kind,"
                                        + " subject, tenant) DO UPDATE SET key_id ="
                                        + " excluded.key_id, data_key = excluded.data_key, nonce ="
                                        + " excluded.nonce, ciphertext = excluded.ciphertext,"
                                        + " updated = excluded.updated"),
                        row)
                .execute();
    }

    /** Puts a row in the place of one that nobody changed meanwhile. */
    static void replace(Handle handle, SealedSecret old, SealedSecret row) {
        bind(
                        handle.createUpdate(
                                "UPDATE vault_secret SET key_id = :key, data_key = :dataKey, nonce"
                                        + " = :nonce, ciphertext = :ciphertext, updated = :updated"
                                        + THIS
                                        + " AND key_id = :oldKey AND nonce = :oldNonce"),
                        row)
                .bind("oldKey", old.keyId())
                .bind("oldNonce", old.nonce())
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, SealedSecret row) {
        return name(statement, row.name())
                .bind("key", row.keyId())
                .bind("dataKey", row.dataKey())
                .bind("nonce", row.nonce())
                .bind("ciphertext", row.ciphertext())
                .bind("updated", row.updated().toEpochMilli());
    }

    private static <S extends SqlStatement<S>> S name(S statement, SecretName name) {
        return statement
                .bind("kind", name.kind())
                .bind("subject", name.subject())
                .bind("tenant", name.tenant());
    }

    static Optional<SealedSecret> find(Handle handle, SecretName name) {
        return name(handle.createQuery("SELECT " + COLUMNS + " FROM vault_secret" + THIS), name)
                .map(ROW)
                .findOne();
    }

    static boolean remove(Handle handle, SecretName name) {
        return name(handle.createUpdate("DELETE FROM vault_secret" + THIS), name).execute() > 0;
    }

    /** Which kinds of secret there are of a subject. */
    static List<SecretName> of(Handle handle, String subject, String tenant) {
        return handle.createQuery(
                        "SELECT kind FROM vault_secret WHERE subject = :subject AND tenant ="
                                + " :tenant ORDER BY kind")
                .bind("subject", subject)
                .bind("tenant", tenant)
                .mapTo(String.class)
                .map(kind -> new SecretName(kind, subject, tenant))
                .list();
    }

    /** How many secrets each key encrypts. */
    static Map<String, Long> keys(Handle handle) {
        return handle.createQuery(
                        "SELECT key_id, COUNT(*) AS secrets FROM vault_secret GROUP BY key_id")
                .setMapKeyColumn("key_id")
                .setMapValueColumn("secrets")
                .collectInto(new GenericType<Map<String, Long>>() {});
    }

    /**
     * Secrets that another key encrypts, in the order of their names.
     *
     * @param after only those behind this name; null for the first
     */
    static List<SealedSecret> notUnder(
            Handle handle, String key, @Nullable SecretName after, int most) {
        String behind =
                after == null
                        ? ""
                        : " AND (kind > :kind OR (kind = :kind AND (subject > :subject OR (subject"
                                + " = :subject AND tenant > :tenant))))";
        Query query =
                handle.createQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM vault_secret WHERE key_id <> :key"
                                + behind
                                + " ORDER BY kind, subject, tenant LIMIT :most");
        if (after != null) {
            name(query, after);
        }
        return query.bind("key", key).bind("most", most).map(ROW).list();
    }
}
