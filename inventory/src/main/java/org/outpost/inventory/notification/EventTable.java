package org.outpost.inventory.notification;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The SQL of the tables {@code event} and {@code presence}. */
final class EventTable {
    private static final RowMapper<Event> EVENT =
            (row, context) -> {
                EventType type = EventType.of(row.getString("type"));
                return new Event(
                        row.getLong("sequence"),
                        row.getString("id"),
                        type,
                        UUID.fromString(row.getString("device")),
                        Instant.ofEpochMilli(row.getLong("time")),
                        Instant.ofEpochMilli(row.getLong("recorded")),
                        EventJson.read(type, row.getString("data")));
            };
    private static final RowMapper<Announcement> OPEN =
            (row, context) -> {
                EventData.Presence data = EventJson.presence(row.getString("data"));
                String name = row.getString("name");
                return new Announcement(
                        UUID.fromString(row.getString("device")),
                        Announcement.State.of(row.getString("state")),
                        row.getString("event"),
                        Instant.ofEpochMilli(row.getLong("time")),
                        data.name().isEmpty() && name != null ? data.named(name) : data);
            };

    private EventTable() {}

    /** Writes both; a second time changes nothing, for a commit may succeed without saying so. */
    static void write(Handle handle, List<Event> events, Collection<Announcement> states) {
        if (!events.isEmpty()) {
            PreparedBatch batch =
                    handle.prepareBatch(
                            "INSERT INTO event (sequence, id, type, device, time, recorded, data)"
                                    + " VALUES (:sequence, :id, :type, :device, :time, :recorded,"
                                    + " :data) ON CONFLICT (sequence) DO NOTHING");
            for (Event event : events) {
                batch.bind("sequence", event.sequence())
                        .bind("id", event.id())
                        .bind("type", event.type().label())
                        .bind("device", event.device().toString())
                        .bind("time", event.time().toEpochMilli())
                        .bind("recorded", event.recorded().toEpochMilli())
                        .bind("data", EventJson.write(event.data()))
                        .add();
            }
            batch.execute();
        }
        if (!states.isEmpty()) {
            PreparedBatch batch =
                    handle.prepareBatch(
                            "INSERT INTO presence (device, state, event, time, data) VALUES"
                                    + " (:device, :state, :event, :time, :data) ON CONFLICT"
                                    + " (device) DO UPDATE SET state = :state, event = :event,"
                                    + " time = :time, data = :data");
            for (Announcement state : states) {
                batch.bind("device", state.device().toString())
                        .bind("state", state.state().label())
                        .bind("event", state.event())
                        .bind("time", state.time().toEpochMilli())
                        .bind("data", EventJson.write(state.data()))
                        .add();
            }
            batch.execute();
        }
    }

    /** The highest sequence; 0 when the log was never written. */
    static long last(Handle handle) {
        return handle.createQuery("SELECT COALESCE(MAX(sequence), 0) FROM event")
                .mapTo(Long.class)
                .one();
    }

    static List<Event> after(Handle handle, long sequence, int most) {
        return handle.createQuery(
                        "SELECT sequence, id, type, device, time, recorded, data FROM event WHERE"
                                + " sequence > :sequence ORDER BY sequence LIMIT :most")
                .bind("sequence", sequence)
                .bind("most", most)
                .map(EVENT)
                .list();
    }

    /** Devices that are told to be connected, or are to be told so. */
    static List<Announcement> open(Handle handle) {
        return handle.createQuery(
                        "SELECT p.device, p.state, p.event, p.time, p.data, d.name FROM presence p"
                                + " LEFT JOIN device d ON d.id = p.device WHERE p.state <>"
                                + " :gone ORDER BY p.time, p.device")
                .bind("gone", Announcement.State.DISCONNECTED.label())
                .map(OPEN)
                .list();
    }

    /** The highest sequence recorded before a time; 0 when there is none. */
    static long lastBefore(Handle handle, Instant time) {
        return handle.createQuery(
                        "SELECT COALESCE(MAX(sequence), 0) FROM event WHERE recorded < :time")
                .bind("time", time.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    /** The lowest sequence; 0 when the log was never written. */
    static long first(Handle handle) {
        return handle.createQuery("SELECT COALESCE(MIN(sequence), 0) FROM event")
                .mapTo(Long.class)
                .one();
    }

    /** Takes away events up to a sequence. */
    static void forget(Handle handle, long upTo) {
        handle.createUpdate("DELETE FROM event WHERE sequence <= :sequence")
                .bind("sequence", upTo)
                .execute();
    }
}
