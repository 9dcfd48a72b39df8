package org.outpost.inventory.recording;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The SQL of the table {@code recording}. */
final class RecordingTable {
    private static final RowMapper<Recording> RECORDING =
            (row, context) ->
                    new Recording(
                            row.getString("id"),
                            UUID.fromString(row.getString("device")),
                            row.getString("tenant"),
                            row.getString("title"),
                            row.getString("user_name"),
                            row.getString("address"),
                            Instant.ofEpochMilli(row.getLong("started")),
                            end(row));

    private RecordingTable() {}

    private static Recording.@Nullable End end(ResultSet row) throws SQLException {
        long ended = row.getLong("ended");
        return row.wasNull()
                ? null
                : new Recording.End(
                        Instant.ofEpochMilli(ended),
                        row.getLong("bytes"),
                        Recording.Outcome.of(row.getString("outcome")));
    }

    static void add(Handle handle, Recording recording) {
        handle.createUpdate(
                        "INSERT INTO recording (id, device, tenant, title, user_name, address,"
                                + " started, ended, bytes, outcome) VALUES (:id, :device, :tenant,"
                                + " :title, :user, :address, :started, NULL, 0, '') ON CONFLICT"
                                + " (id) DO NOTHING")
                .bind("id", recording.id())
                .bind("device", recording.device().toString())
                .bind("tenant", recording.tenant())
                .bind("title", recording.title())
                .bind("user", recording.user())
                .bind("address", recording.address())
                .bind("started", recording.started().toEpochMilli())
                .execute();
    }

    /** Writes the end of one that runs; says whether there was one. */
    static boolean end(Handle handle, String id, Recording.End end) {
        return handle.createUpdate(
                                "UPDATE recording SET ended = :ended, bytes = :bytes, outcome ="
                                        + " :outcome WHERE id = :id AND ended IS NULL")
                        .bind("id", id)
                        .bind("ended", end.time().toEpochMilli())
                        .bind("bytes", end.bytes())
                        .bind("outcome", end.outcome().label())
                        .execute()
                > 0;
    }

    static Optional<Recording> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM recording WHERE id = :id")
                .bind("id", id)
                .map(RECORDING)
                .findOne();
    }

    static List<Recording> running(Handle handle) {
        return handle.createQuery("SELECT * FROM recording WHERE ended IS NULL ORDER BY started")
                .map(RECORDING)
                .list();
    }

    static List<Recording> endedBefore(Handle handle, Instant time, int most) {
        return handle.createQuery(
                        "SELECT * FROM recording WHERE ended < :time ORDER BY ended, id LIMIT"
                                + " :most")
                .bind("time", time.toEpochMilli())
                .bind("most", most)
                .map(RECORDING)
                .list();
    }

    static long bytes(Handle handle) {
        return handle.createQuery("SELECT COALESCE(SUM(bytes), 0) FROM recording")
                .mapTo(Long.class)
                .one();
    }

    /** Those of a device, a user or both, the newest first. */
    static void each(
            Handle handle,
            @Nullable UUID device,
            @Nullable String user,
            Consumer<Recording> taker) {
        StringBuilder sql = new StringBuilder("SELECT * FROM recording WHERE 1 = 1");
        if (device != null) {
            sql.append(" AND device = :device");
        }
        if (user != null) {
            sql.append(" AND user_name = :user");
        }
        Query query = handle.createQuery(sql.append(" ORDER BY started DESC, id").toString());
        if (device != null) {
            query.bind("device", device.toString());
        }
        if (user != null) {
            query.bind("user", user);
        }
        query.map(RECORDING).useIterator(rows -> rows.forEachRemaining(taker));
    }

    static boolean remove(Handle handle, String id) {
        return handle.createUpdate("DELETE FROM recording WHERE id = :id").bind("id", id).execute()
                > 0;
    }
}
