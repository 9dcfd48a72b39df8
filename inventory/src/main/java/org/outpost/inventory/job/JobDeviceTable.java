package org.outpost.inventory.job;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The SQL of the table {@code job_device}. */
final class JobDeviceTable {
    private static final RowMapper<JobDevice> DEVICE =
            (row, context) ->
                    new JobDevice(
                            row.getLong("position"),
                            UUID.fromString(row.getString("device")),
                            DeviceState.of(row.getString("state")).orElseThrow(),
                            row.getString("code"),
                            row.getString("detail"),
                            JobTable.time(row, "began"),
                            JobTable.time(row, "ended"));

    private JobDeviceTable() {}

    static void add(Handle handle, String job, List<JobDevice> devices) {
        PreparedBatch batch =
                handle.prepareBatch(
                        "INSERT INTO job_device (job, position, device, state, code, detail, began,"
                                + " ended) VALUES (:job, :position, :device, :state, :code,"
                                + " :detail, NULL, :ended) ON CONFLICT (job, position) DO NOTHING");
        for (JobDevice device : devices) {
            Instant ended = device.ended();
            batch.bind("job", job)
                    .bind("position", device.position())
                    .bind("device", device.device().toString())
                    .bind("state", device.state().label())
                    .bind("code", device.code())
                    .bind("detail", device.detail())
                    .bind("ended", ended == null ? null : (Long) ended.toEpochMilli())
                    .add();
        }
        batch.execute();
    }

    static List<Target> waiting(Handle handle, String job, long after, int most) {
        return handle.createQuery(
                        "SELECT position, device FROM job_device WHERE job = :job AND state ="
                                + " 'waiting' AND position > :after ORDER BY position LIMIT :most")
                .bind("job", job)
                .bind("after", after)
                .bind("most", most)
                .map(
                        (row, context) ->
                                new Target(
                                        row.getLong("position"),
                                        UUID.fromString(row.getString("device"))))
                .list();
    }

    /** Also when it runs already: the answer to the first time may have been lost. */
    static boolean begin(Handle handle, String job, long position, Instant now) {
        return handle.createUpdate(
                                "UPDATE job_device SET state = 'running', began = :now WHERE job ="
                                        + " :job AND position = :position AND state IN ('waiting',"
                                        + " 'running')")
                        .bind("job", job)
                        .bind("position", position)
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0;
    }

    static boolean putBack(Handle handle, String job, long position) {
        return handle.createUpdate(
                                "UPDATE job_device SET state = 'waiting', began = NULL WHERE job ="
                                        + " :job AND position = :position AND state = 'running'")
                        .bind("job", job)
                        .bind("position", position)
                        .execute()
                > 0;
    }

    static boolean end(Handle handle, String job, long position, Outcome outcome, Instant now) {
        return handle.createUpdate(
                                "UPDATE job_device SET state = :state, code = :code, detail ="
                                        + " :detail, ended = :now WHERE job = :job AND position ="
                                        + " :position AND state IN ('waiting', 'running')")
                        .bind("job", job)
                        .bind("position", position)
                        .bind("state", outcome.state().label())
                        .bind("code", outcome.code())
                        .bind("detail", outcome.detail())
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0;
    }

    static int cancelSome(Handle handle, String job, int most, Instant now) {
        return handle.createUpdate(
                        "UPDATE job_device SET state = 'cancelled', ended = :now WHERE job = :job"
                                + " AND position IN (SELECT position FROM job_device WHERE job ="
                                + " :job AND state = 'waiting' ORDER BY position LIMIT :most)")
                .bind("job", job)
                .bind("most", most)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static List<Target> running(Handle handle, String job) {
        return handle.createQuery(
                        "SELECT position, device FROM job_device WHERE job = :job AND state ="
                                + " 'running' ORDER BY position")
                .bind("job", job)
                .map(
                        (row, context) ->
                                new Target(
                                        row.getLong("position"),
                                        UUID.fromString(row.getString("device"))))
                .list();
    }

    static Map<DeviceState, Long> counts(Handle handle, String job) {
        Map<DeviceState, Long> counts = new EnumMap<>(DeviceState.class);
        handle.createQuery(
                        "SELECT state, COUNT(*) AS devices FROM job_device WHERE job = :job GROUP"
                                + " BY state")
                .bind("job", job)
                .map(
                        (row, context) ->
                                Map.entry(
                                        DeviceState.of(row.getString("state")).orElseThrow(),
                                        row.getLong("devices")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    static List<JobDevice> list(
            Handle handle, String job, @Nullable DeviceState state, int top, int skip) {
        return handle.createQuery(
                        "SELECT * FROM job_device WHERE job = :job"
                                + (state == null ? "" : " AND state = :state")
                                + " ORDER BY position LIMIT :top OFFSET :skip")
                .bind("job", job)
                .bindMap(state == null ? Map.of() : Map.of("state", state.label()))
                .bind("top", top)
                .bind("skip", skip)
                .map(DEVICE)
                .list();
    }

    /** Takes some rows of a job away; says how many. */
    static int remove(Handle handle, String job, int most) {
        return handle.createUpdate(
                        "DELETE FROM job_device WHERE job = :job AND position IN (SELECT position"
                                + " FROM job_device WHERE job = :job ORDER BY position LIMIT"
                                + " :most)")
                .bind("job", job)
                .bind("most", most)
                .execute();
    }
}
