package org.outpost.inventory.notification.delivery;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The SQL of the tables {@code subscriber} and {@code subscriber_cursor}. */
final class SubscriberTable {
    private SubscriberTable() {}

    static void add(Handle handle, Subscriber subscriber, Instant now) {
        handle.createUpdate(
                        "INSERT INTO subscriber (id, created, settings) VALUES (:id, :created,"
                                + " :settings) ON CONFLICT (id) DO UPDATE SET settings ="
                                + " :settings")
                .bind("id", subscriber.id())
                .bind("created", now.toEpochMilli())
                .bind("settings", SubscriberJson.write(subscriber))
                .execute();
    }

    /** Takes a subscriber and its place away; says whether there was one. */
    static boolean remove(Handle handle, String id) {
        int rows =
                handle.createUpdate("DELETE FROM subscriber WHERE id = :id")
                        .bind("id", id)
                        .execute();
        handle.createUpdate("DELETE FROM subscriber_cursor WHERE subscriber = :id")
                .bind("id", id)
                .execute();
        return rows > 0;
    }

    static List<Subscriber> all(Handle handle) {
        return handle.createQuery("SELECT settings FROM subscriber ORDER BY created, id")
                .map((row, context) -> SubscriberJson.read(row.getString("settings")))
                .list();
    }

    static Map<String, Long> cursors(Handle handle) {
        Map<String, Long> cursors = new HashMap<>();
        handle.createQuery("SELECT subscriber, delivered FROM subscriber_cursor")
                .map(
                        (row, context) ->
                                Map.entry(row.getString("subscriber"), row.getLong("delivered")))
                .forEach(cursor -> cursors.put(cursor.getKey(), cursor.getValue()));
        return cursors;
    }

    /** The cursor that counts: the one that is there, or else this one, which is written. */
    static long begin(Handle handle, String id, long sequence, Instant now) {
        Optional<Long> there =
                handle.createQuery("SELECT delivered FROM subscriber_cursor WHERE subscriber = :id")
                        .bind("id", id)
                        .mapTo(Long.class)
                        .findOne();
        if (there.isPresent()) {
            return there.get();
        }
        advance(handle, Map.of(id, sequence), now);
        return sequence;
    }

    static void advance(Handle handle, Map<String, Long> cursors, Instant now) {
        PreparedBatch batch =
                handle.prepareBatch(
                        "INSERT INTO subscriber_cursor (subscriber, delivered, changed) VALUES"
                                + " (:id, :delivered, :changed) ON CONFLICT (subscriber) DO UPDATE"
                                + " SET delivered = :delivered, changed = :changed");
        cursors.forEach(
                (id, sequence) ->
                        batch.bind("id", id)
                                .bind("delivered", sequence)
                                .bind("changed", now.toEpochMilli())
                                .add());
        batch.execute();
    }

    /** Takes away places that nobody has moved for long, except these. */
    static void forget(Handle handle, List<String> except, Instant before) {
        String condition = except.isEmpty() ? "" : " AND subscriber NOT IN (<except>)";
        var delete =
                handle.createUpdate(
                                "DELETE FROM subscriber_cursor WHERE changed < :before" + condition)
                        .bind("before", before.toEpochMilli());
        if (!except.isEmpty()) {
            delete.bindList("except", except);
        }
        delete.execute();
    }
}
