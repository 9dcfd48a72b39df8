package org.outpost.inventory.schedule;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import org.outpost.inventory.job.JobJson;
import org.outpost.inventory.job.JobViewer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The SQL of the table {@code schedule}. */
final class ScheduleTable {
    private static final RowMapper<Schedule> SCHEDULE =
            (row, context) ->
                    new Schedule(
                            row.getString("id"),
                            row.getString("name"),
                            JobJson.owner(row.getString("owner_data")),
                            JobJson.template(row.getString("template")),
                            row.getString("cron"),
                            ZoneId.of(row.getString("zone")),
                            Instant.ofEpochMilli(row.getLong("created")),
                            row.getInt("paused") == 1,
                            time(row, "next_due"),
                            last(row));

    private ScheduleTable() {}

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static Schedule.@Nullable Last last(ResultSet row) throws SQLException {
        Instant due = time(row, "last_due");
        return due == null
                ? null
                : new Schedule.Last(
                        due,
                        Schedule.Result.valueOf(
                                row.getString("last_result").toUpperCase(Locale.ROOT)),
                        row.getString("last_detail"));
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : (Long) time.toEpochMilli();
    }

    static void add(Handle handle, Schedule schedule) {
        handle.createUpdate(
                        "INSERT INTO schedule (id, name, tenant, owner, owner_data, template, cron,"
                                + " zone, created, paused, next_due, last_due, last_result,"
                                + " last_detail) VALUES (:id, :name, :tenant, :owner, :data,"
                                + " :template, :cron, :zone, :created, 0, :next, NULL, '', '') ON"
                                + " CONFLICT (id) DO NOTHING")
                .bind("id", schedule.id())
                .bind("name", schedule.name())
                .bind("tenant", schedule.owner().tenant())
                .bind("owner", schedule.owner().key())
                .bind("data", JobJson.write(schedule.owner()))
                .bind("template", JobJson.write(schedule.template()))
                .bind("cron", schedule.cron())
                .bind("zone", schedule.zone().getId())
                .bind("created", schedule.created().toEpochMilli())
                .bind("next", millis(schedule.nextDue()))
                .execute();
    }

    static long count(Handle handle, String tenant) {
        return handle.createQuery("SELECT COUNT(*) FROM schedule WHERE tenant = :tenant")
                .bind("tenant", tenant)
                .mapTo(Long.class)
                .one();
    }

    static Optional<Schedule> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM schedule WHERE id = :id")
                .bind("id", id)
                .map(SCHEDULE)
                .findOne();
    }

    static List<Schedule> list(Handle handle, JobViewer viewer, int most) {
        return handle.createQuery(
                        "SELECT * FROM schedule WHERE "
                                + viewer.condition()
                                + " ORDER BY created, id LIMIT :most")
                .bindMap(viewer.values())
                .bind("most", most)
                .map(SCHEDULE)
                .list();
    }

    static List<Schedule> due(Handle handle, Instant now, int most) {
        return handle.createQuery(
                        "SELECT * FROM schedule WHERE next_due <= :now ORDER BY next_due, id LIMIT"
                                + " :most")
                .bind("now", now.toEpochMilli())
                .bind("most", most)
                .map(SCHEDULE)
                .list();
    }

    /** Takes a due time, so that nobody takes it again; says whether it was there to be taken. */
    static boolean claim(
            Handle handle,
            Schedule schedule,
            @Nullable Instant next,
            Schedule.Result result,
            String detail) {
        return handle.createUpdate(
                                "UPDATE schedule SET last_due = next_due, next_due = :next,"
                                        + " last_result = :result, last_detail = :detail WHERE id"
                                        + " = :id AND next_due = :due AND paused = 0")
                        .bind("id", schedule.id())
                        .bind("due", millis(schedule.nextDue()))
                        .bind("next", millis(next))
                        .bind("result", result.name().toLowerCase(Locale.ROOT))
                        .bind("detail", detail)
                        .execute()
                > 0;
    }

    static boolean pause(Handle handle, String id, boolean paused, @Nullable Instant next) {
        return handle.createUpdate(
                                "UPDATE schedule SET paused = :paused, next_due = :next WHERE id ="
                                        + " :id")
                        .bind("id", id)
                        .bind("paused", paused ? 1 : 0)
                        .bind("next", millis(next))
                        .execute()
                > 0;
    }

    static boolean remove(Handle handle, String id) {
        return handle.createUpdate("DELETE FROM schedule WHERE id = :id").bind("id", id).execute()
                > 0;
    }
}
