package org.outpost.inventory.job;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The SQL of the table {@code job}. */
final class JobTable {
    static final RowMapper<Job> JOB =
            (row, context) ->
                    new Job(
                            row.getString("id"),
                            JobJson.owner(row.getString("owner_data")),
                            JobJson.template(row.getString("template")),
                            row.getString("origin"),
                            Instant.ofEpochMilli(row.getLong("created")),
                            Instant.ofEpochMilli(row.getLong("wait_until")),
                            row.getLong("devices"),
                            row.getInt("prepared") == 1,
                            time(row, "cancelled"),
                            time(row, "ended"),
                            JobJson.counts(row.getString("counts")));

    private JobTable() {}

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    static void add(Handle handle, Job job) {
        handle.createUpdate(
                        "INSERT INTO job (id, tenant, owner, owner_data, template, origin, created,"
                                + " wait_until, devices, prepared, cancelled, ended, counts) VALUES"
                                + " (:id, :tenant, :owner, :data, :template, :origin, :created,"
                                + " :until, :devices, 0, NULL, NULL, '') ON CONFLICT (id) DO"
                                + " NOTHING")
                .bind("id", job.id())
                .bind("tenant", job.owner().tenant())
                .bind("owner", job.owner().key())
                .bind("data", JobJson.write(job.owner()))
                .bind("template", JobJson.write(job.template()))
                .bind("origin", job.origin())
                .bind("created", job.created().toEpochMilli())
                .bind("until", job.waitUntil().toEpochMilli())
                .bind("devices", job.devices())
                .execute();
    }

    static long running(Handle handle, String tenant) {
        return handle.createQuery(
                        "SELECT COUNT(*) FROM job WHERE tenant = :tenant AND ended IS NULL")
                .bind("tenant", tenant)
                .mapTo(Long.class)
                .one();
    }

    static void prepared(Handle handle, String id, long devices) {
        handle.createUpdate("UPDATE job SET prepared = 1, devices = :devices WHERE id = :id")
                .bind("id", id)
                .bind("devices", devices)
                .execute();
    }

    static Optional<Job> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM job WHERE id = :id AND prepared = 1")
                .bind("id", id)
                .map(JOB)
                .findOne();
    }

    /** Those that have not ended, the oldest first; also those that were not prepared yet. */
    static List<Job> open(Handle handle) {
        return handle.createQuery("SELECT * FROM job WHERE ended IS NULL ORDER BY created, id")
                .map(JOB)
                .list();
    }

    static List<Job> list(Handle handle, JobViewer viewer, int top, int skip) {
        return handle.createQuery(
                        "SELECT * FROM job WHERE prepared = 1 AND "
                                + viewer.condition()
                                + " ORDER BY created DESC, id LIMIT :top OFFSET :skip")
                .bindMap(viewer.values())
                .bind("top", top)
                .bind("skip", skip)
                .map(JOB)
                .list();
    }

    static long count(Handle handle, JobViewer viewer) {
        return handle.createQuery(
                        "SELECT COUNT(*) FROM job WHERE prepared = 1 AND " + viewer.condition())
                .bindMap(viewer.values())
                .mapTo(Long.class)
                .one();
    }

    /** Marks a job as cancelled, unless it has ended; says whether it is running. */
    static boolean cancel(Handle handle, String id, Instant now) {
        return handle.createUpdate(
                                "UPDATE job SET cancelled = COALESCE(cancelled, :now) WHERE id ="
                                        + " :id AND prepared = 1 AND ended IS NULL")
                        .bind("id", id)
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0;
    }

    static void end(Handle handle, String id, String counts, Instant now) {
        handle.createUpdate(
                        "UPDATE job SET ended = :now, counts = :counts WHERE id = :id AND ended IS"
                                + " NULL")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .bind("counts", counts)
                .execute();
    }

    static Optional<String> oldest(Handle handle, Instant endedBefore) {
        return handle.createQuery("SELECT id FROM job WHERE ended < :before ORDER BY ended LIMIT 1")
                .bind("before", endedBefore.toEpochMilli())
                .mapTo(String.class)
                .findOne();
    }

    static void remove(Handle handle, String id) {
        handle.createUpdate("DELETE FROM job WHERE id = :id").bind("id", id).execute();
    }
}
