package org.outpost.access.audit;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.access.audit.AuditLine.Entry;
import org.outpost.access.audit.AuditReader.Span;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The SQL of the tables {@code audit_entry} and {@code audit_checkpoint}. */
final class AuditTable {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String COLUMNS =
            "sequence, time, user_name, method, address, tenant, action, device, target, reason,"
                    + " ticket, result, status, details, salt, hash";
    private static final RowMapper<Checkpoint> CHECKPOINT =
            (row, context) ->
                    new Checkpoint(
                            row.getLong("sequence"),
                            row.getString("hash"),
                            Instant.ofEpochMilli(row.getLong("time")),
                            row.getString("key_id"),
                            row.getString("signature"));
    static final RowMapper<AuditRow> ROW = (row, context) -> row(row);

    private static final RowMapper<Optional<Span>> SPAN =
            (row, context) -> {
                long first = row.getLong("first");
                return row.wasNull()
                        ? Optional.empty()
                        : Optional.of(new Span(first, row.getLong("last")));
            };

    private AuditTable() {}

    private static AuditRow row(ResultSet row) throws SQLException {
        long sequence = row.getLong("sequence");
        try {
            String device = row.getString("device");
            String hash = row.getString("hash");
            if (!HASH.matcher(hash).matches()) {
                return new AuditRow.Spoilt(sequence, "its hash is none");
            }
            return new AuditRow.Good(
                    sequence,
                    Instant.ofEpochMilli(row.getLong("time")),
                    new AuditDraft(
                            new Actor(
                                    row.getString("user_name"),
                                    row.getString("method"),
                                    row.getString("address")),
                            row.getString("tenant"),
                            row.getString("action"),
                            device.isEmpty() ? null : UUID.fromString(device),
                            row.getString("target"),
                            row.getString("reason"),
                            row.getString("ticket"),
                            AuditResult.of(row.getString("result")),
                            row.getString("status"),
                            AuditJson.readDetails(row.getString("details"))),
                    row.getString("salt"),
                    hash);
        } catch (IllegalArgumentException e) {
            return new AuditRow.Spoilt(sequence, String.valueOf(e.getMessage()));
        }
    }

    /** Somebody else wrote where this server was about to. */
    static final class MovedException extends RuntimeException {
        MovedException(long sequence) {
            super("entry " + sequence + " of the audit trail is there already, with another hash");
        }
    }

    /**
     * Adds entries, which follow what is there, and a checkpoint. A second time changes nothing,
     * for a commit may succeed without saying so.
     *
     * @throws MovedException when others are there under these numbers
     */
    static void append(Handle handle, List<Entry> entries, @Nullable Checkpoint checkpoint) {
        if (!entries.isEmpty()) {
            insert(handle, entries);
            Entry last = entries.getLast();
            if (!hash(handle, last.sequence()).equals(Optional.of(last.hash()))) {
                throw new MovedException(last.sequence());
            }
        }
        if (checkpoint != null) {
            handle.createUpdate(
                            "INSERT INTO audit_checkpoint (sequence, hash, time, key_id, signature)"
                                    + " VALUES (:sequence, :hash, :time, :key, :signature) ON"
                                    + " CONFLICT (sequence) DO NOTHING")
                    .bind("sequence", checkpoint.sequence())
                    .bind("hash", checkpoint.hash())
                    .bind("time", checkpoint.time().toEpochMilli())
                    .bind("key", checkpoint.key())
                    .bind("signature", checkpoint.signature())
                    .execute();
        }
    }

    private static void insert(Handle handle, List<Entry> entries) {
        PreparedBatch batch =
                handle.prepareBatch(
                        "INSERT INTO audit_entry ("
                                + COLUMNS
                                + ") VALUES (:sequence, :time, :user, :method, :address, :tenant,"
                                + " :action, :device, :target, :reason, :ticket, :result, :status,"
                                + " :details, :salt, :hash) ON CONFLICT (sequence) DO NOTHING");
        for (Entry entry : entries) {
            AuditDraft what = entry.what();
            batch.bind("sequence", entry.sequence())
                    .bind("time", entry.time().toEpochMilli())
                    .bind("user", what.actor().user())
                    .bind("method", what.actor().method())
                    .bind("address", what.actor().address())
                    .bind("tenant", what.tenant())
                    .bind("action", what.action())
                    .bind("device", what.device() == null ? "" : what.device().toString())
                    .bind("target", what.target())
                    .bind("reason", what.reason())
                    .bind("ticket", what.ticket())
                    .bind("result", what.result().label())
                    .bind("status", what.status())
                    .bind("details", AuditJson.writeDetails(what.details()))
                    .bind("salt", entry.salt())
                    .bind("hash", entry.hash())
                    .add();
        }
        batch.execute();
    }

    private static Optional<String> hash(Handle handle, long sequence) {
        return handle.createQuery("SELECT hash FROM audit_entry WHERE sequence = :sequence")
                .bind("sequence", sequence)
                .mapTo(String.class)
                .findOne();
    }

    /** The hash of a row whose other columns need not be good; empty when that is none either. */
    static Optional<String> storedHash(Handle handle, long sequence) {
        return hash(handle, sequence).filter(hash -> HASH.matcher(hash).matches());
    }

    /** Rows from a number on, in order. */
    static List<AuditRow> rows(Handle handle, long from, long to, int most) {
        return handle.createQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM audit_entry WHERE sequence >= :from AND sequence <= :to"
                                + " ORDER BY sequence LIMIT :most")
                .bind("from", from)
                .bind("to", to)
                .bind("most", most)
                .map(ROW)
                .list();
    }

    /** Checkpoints from a number on, in order. */
    static List<Checkpoint> checkpoints(Handle handle, long from, long to) {
        return handle.createQuery(
                        "SELECT sequence, hash, time, key_id, signature FROM audit_checkpoint"
                                + " WHERE sequence >= :from AND sequence <= :to ORDER BY sequence")
                .bind("from", from)
                .bind("to", to)
                .map(CHECKPOINT)
                .list();
    }

    /** The last checkpoint below a number. */
    static Optional<Checkpoint> checkpointBefore(Handle handle, long sequence) {
        return handle.createQuery(
                        "SELECT sequence, hash, time, key_id, signature FROM audit_checkpoint"
                                + " WHERE sequence < :sequence ORDER BY sequence DESC LIMIT 1")
                .bind("sequence", sequence)
                .map(CHECKPOINT)
                .findOne();
    }

    static Optional<Checkpoint> lastCheckpoint(Handle handle) {
        return handle.createQuery(
                        "SELECT sequence, hash, time, key_id, signature FROM audit_checkpoint"
                                + " ORDER BY sequence DESC LIMIT 1")
                .map(CHECKPOINT)
                .findOne();
    }

    static Optional<AuditRow> lastRow(Handle handle) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM audit_entry ORDER BY sequence DESC LIMIT 1")
                .map(ROW)
                .findOne();
    }

    /** The lowest and the highest number there is; empty when there is none. */
    static Optional<Span> span(Handle handle) {
        return handle.createQuery(
                        "SELECT MIN(sequence) AS first, MAX(sequence) AS last FROM audit_entry")
                .map(SPAN)
                .one();
    }

    /** The numbers of what happened in a span of time; empty when nothing did. */
    static Optional<Span> span(Handle handle, Instant from, Instant to) {
        return handle.createQuery(
                        "SELECT MIN(sequence) AS first, MAX(sequence) AS last FROM audit_entry"
                                + " WHERE time >= :from AND time < :to")
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .map(SPAN)
                .one();
    }

    /** Whether a checkpoint's entry, or any before it, is still there. */
    static boolean isAnyUpTo(Handle handle, Checkpoint checkpoint) {
        return nextToForget(handle, checkpoint.sequence()).isPresent();
    }

    /** The checkpoint at the end of the oldest stretch of entries, up to one; empty when done. */
    static Optional<Long> nextToForget(Handle handle, long last) {
        return handle.createQuery(
                        "SELECT MIN(sequence) FROM audit_checkpoint WHERE sequence <= :last AND"
                                + " sequence >= (SELECT MIN(sequence) FROM audit_entry)")
                .bind("last", last)
                .mapTo(Long.class)
                .findOne();
    }

    /** The highest checkpoint that was signed before a time. */
    static Optional<Checkpoint> lastCheckpointBefore(Handle handle, Instant time) {
        return handle.createQuery(
                        "SELECT sequence, hash, time, key_id, signature FROM audit_checkpoint"
                                + " WHERE time < :time ORDER BY sequence DESC LIMIT 1")
                .bind("time", time.toEpochMilli())
                .map(CHECKPOINT)
                .findOne();
    }

    /** Takes away entries up to a checkpoint, which becomes the first; returns how many. */
    static int forget(Handle handle, long checkpoint) {
        handle.createUpdate("DELETE FROM audit_checkpoint WHERE sequence < :sequence")
                .bind("sequence", checkpoint)
                .execute();
        return handle.createUpdate("DELETE FROM audit_entry WHERE sequence <= :sequence")
                .bind("sequence", checkpoint)
                .execute();
    }
}
