package org.outpost.inventory;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.outpost.gateway.tunnel.Claim;
import org.outpost.gateway.tunnel.DeviceKey;
import org.outpost.gateway.tunnel.DeviceRegister.Page;
import org.outpost.gateway.tunnel.DeviceRegister.Query;
import org.outpost.gateway.tunnel.KnownDevice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/** The SQL of the tables {@code device} and {@code credential}. */
final class DeviceTable {
    private static final int FOUND_AT_MOST = 100;
    private static final String COLUMNS =
            "id, announced, principal, name, first_seen, last_seen, address";
    private static final RowMapper<KnownDevice> DEVICE =
            (row, context) ->
                    new KnownDevice(
                            new DeviceKey(
                                    UUID.fromString(row.getString("id")),
                                    UUID.fromString(row.getString("announced"))),
                            row.getString("principal"),
                            row.getString("name"),
                            Instant.ofEpochMilli(row.getLong("first_seen")),
                            Instant.ofEpochMilli(row.getLong("last_seen")),
                            row.getString("address"));

    private DeviceTable() {}

    /** What the table says about a device that asks to be bound. */
    sealed interface Recording {
        record Bound(String principal, String name, boolean now, long devices)
                implements Recording {}

        record Full() implements Recording {}
    }

    /** Records the device unless it is there; says to whom it is bound then. */
    static Recording record(Handle handle, DeviceKey key, Claim claim, int devicesPerCredential) {
        Optional<Recording> there = binding(handle, key.id());
        if (there.isPresent()) {
            return there.get();
        }
        long devices = devicesOf(handle, claim.principal());
        if (devices >= devicesPerCredential) {
            return new Recording.Full();
        }
        handle.createUpdate(
                        "INSERT INTO device (id, announced, principal, name, name_key, host_key,"
                                + " first_seen, last_seen, address) VALUES (:id, :announced,"
                                + " :principal, '', '', '', :time, :time, :address)")
                .bind("id", key.id().toString())
                .bind("announced", key.announced().toString())
                .bind("principal", claim.principal())
                .bind("time", claim.time().toEpochMilli())
                .bind("address", claim.address().getHostAddress())
                .execute();
        handle.createUpdate(
                        "INSERT INTO credential (principal, devices) VALUES (:principal, 1)"
                                + " ON CONFLICT (principal)"
                                + " DO UPDATE SET devices = credential.devices + 1")
                .bind("principal", claim.principal())
                .execute();
        return new Recording.Bound(claim.principal(), "", true, devices + 1);
    }

    /** To whom the device is bound. */
    static Optional<Recording> binding(Handle handle, UUID id) {
        return handle.createQuery(
                        "SELECT d.principal, d.name, c.devices FROM device d JOIN credential c"
                                + " ON c.principal = d.principal WHERE d.id = :id")
                .bind("id", id.toString())
                .map(
                        (row, context) ->
                                (Recording)
                                        new Recording.Bound(
                                                row.getString("principal"),
                                                row.getString("name"),
                                                false,
                                                row.getLong("devices")))
                .findOne();
    }

    /** Takes a device out; returns what it was bound to. */
    static Optional<String> forget(Handle handle, UUID id) {
        Optional<String> principal =
                handle.createQuery("SELECT principal FROM device WHERE id = :id")
                        .bind("id", id.toString())
                        .mapTo(String.class)
                        .findOne();
        principal.ifPresent(
                bound -> {
                    handle.createUpdate("DELETE FROM device WHERE id = :id")
                            .bind("id", id.toString())
                            .execute();
                    handle.createUpdate(
                                    "UPDATE credential SET devices = devices - 1"
                                            + " WHERE principal = :principal AND devices > 0")
                            .bind("principal", bound)
                            .execute();
                });
        return principal;
    }

    private static long devicesOf(Handle handle, String principal) {
        return handle.createQuery("SELECT devices FROM credential WHERE principal = :principal")
                .bind("principal", principal)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** Hands over bindings, those seen last first. */
    static void bindings(Handle handle, int most, BiConsumer<UUID, Binding> each) {
        handle.createQuery(
                        "SELECT id, principal, name FROM device ORDER BY last_seen DESC LIMIT"
                                + " :most")
                .bind("most", most)
                .map(
                        (row, context) ->
                                Map.entry(
                                        UUID.fromString(row.getString("id")),
                                        new Binding(
                                                row.getString("principal").intern(),
                                                row.getString("name"))))
                .useIterator(
                        rows ->
                                rows.forEachRemaining(
                                        row -> each.accept(row.getKey(), row.getValue())));
    }

    /** Hands over how many devices each credential has recorded. */
    static void credentials(Handle handle, BiConsumer<String, Long> each) {
        handle.createQuery("SELECT principal, devices FROM credential")
                .map(
                        (row, context) ->
                                Map.entry(row.getString("principal"), row.getLong("devices")))
                .useIterator(
                        rows ->
                                rows.forEachRemaining(
                                        row -> each.accept(row.getKey(), row.getValue())));
    }

    /** Takes down signs of life; none makes a device younger. */
    static void touch(Handle handle, Map<UUID, Touch> touches) {
        PreparedBatch seen =
                handle.prepareBatch(
                        "UPDATE device SET last_seen = :time WHERE id = :id AND last_seen < :time");
        PreparedBatch moved =
                handle.prepareBatch("UPDATE device SET address = :address WHERE id = :id");
        PreparedBatch named =
                handle.prepareBatch(
                        "UPDATE device SET name = :name, name_key = :key, host_key = :host"
                                + " WHERE id = :id");
        touches.forEach(
                (id, touch) -> {
                    String text = id.toString();
                    if (touch.time() != null) {
                        seen.bind("id", text).bind("time", touch.time().toEpochMilli()).add();
                    }
                    if (touch.address() != null) {
                        moved.bind("id", text).bind("address", touch.address()).add();
                    }
                    if (touch.name() != null) {
                        String key = HostName.key(touch.name());
                        named.bind("id", text)
                                .bind("name", touch.name())
                                .bind("key", key)
                                .bind("host", HostName.firstLabel(key))
                                .add();
                    }
                });
        for (PreparedBatch batch : List.of(seen, moved, named)) {
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    static List<KnownDevice> byUuid(Handle handle, UUID uuid) {
        return find(handle, "id = :text OR announced = :text", uuid.toString());
    }

    static List<KnownDevice> byName(Handle handle, String name) {
        String key = HostName.key(name);
        if (key.isEmpty()) {
            return List.of();
        }
        // Every name has a first label, also one without a dot.
        return find(handle, key.indexOf('.') < 0 ? "host_key = :text" : "name_key = :text", key);
    }

    private static List<KnownDevice> find(Handle handle, String condition, String text) {
        return handle.createQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM device WHERE "
                                + condition
                                + " ORDER BY last_seen DESC, id LIMIT "
                                + FOUND_AT_MOST)
                .bind("text", text)
                .map(DEVICE)
                .list();
    }

    static Page list(Handle handle, Query query) {
        String pattern = "%" + escaped(query.text().toLowerCase(Locale.ROOT)) + "%";
        List<KnownDevice> page = new ArrayList<>();
        long total = 0;
        try (ResultIterator<KnownDevice> rows =
                handle.createQuery(
                                "SELECT "
                                        + COLUMNS
                                        + " FROM device WHERE name_key LIKE :pattern ESCAPE '!'"
                                        + " OR id LIKE :pattern ESCAPE '!'"
                                        + " OR announced LIKE :pattern ESCAPE '!'"
                                        + " OR LOWER(principal) LIKE :pattern ESCAPE '!'"
                                        + " ORDER BY CASE WHEN name_key = '' THEN 1 ELSE 0 END,"
                                        + " name_key, id")
                        .bind("pattern", pattern)
                        .map(DEVICE)
                        .iterator()) {
            while (rows.hasNext()) {
                KnownDevice device = rows.next();
                if (query.which().test(device.key().id())) {
                    if (total >= query.skip() && page.size() < query.top()) {
                        page.add(device);
                    }
                    total++;
                }
            }
        }
        return new Page(page, total);
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
