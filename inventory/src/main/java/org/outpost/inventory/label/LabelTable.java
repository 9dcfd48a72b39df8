package org.outpost.inventory.label;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The SQL of the table {@code device_label}. */
final class LabelTable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Set<String>> TAGS = new TypeReference<>() {};
    private static final RowMapper<DeviceLabel> LABEL =
            (row, context) ->
                    new DeviceLabel(
                            UUID.fromString(row.getString("id")),
                            row.getString("tenant"),
                            row.getString("host_name"),
                            row.getString("friendly_name"),
                            row.getString("dns_suffix"),
                            JSON.readValue(row.getString("tags"), TAGS),
                            row.getString("info"));

    private LabelTable() {}

    static void all(Handle handle, Consumer<DeviceLabel> each) {
        handle.createQuery("SELECT * FROM device_label")
                .map(LABEL)
                .useIterator(rows -> rows.forEachRemaining(each));
    }

    static Optional<DeviceLabel> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM device_label WHERE id = :id")
                .bind("id", id.toString())
                .map(LABEL)
                .findOne();
    }

    static void put(Handle handle, DeviceLabel label) {
        handle.createUpdate(
                        "INSERT INTO device_label (id, tenant, host_name, friendly_name,"
                                + " dns_suffix, tags, info) VALUES (:id, :tenant, :host, :friendly,"
                                + " :suffix, :tags, :info) ON CONFLICT (id) DO UPDATE SET tenant ="
                                + " excluded.tenant, host_name = excluded.host_name, friendly_name"
                                + " = excluded.friendly_name, dns_suffix = excluded.dns_suffix,"
                                + " tags = excluded.tags, info = excluded.info")
                .bind("id", label.id().toString())
                .bind("tenant", label.tenant())
                .bind("host", label.hostName())
                .bind("friendly", label.friendlyName())
                .bind("suffix", label.dnsSuffix())
                .bind("tags", JSON.writeValueAsString(label.tags()))
                .bind("info", label.info())
                .execute();
    }

    static boolean remove(Handle handle, UUID id) {
        return handle.createUpdate("DELETE FROM device_label WHERE id = :id")
                        .bind("id", id.toString())
                        .execute()
                > 0;
    }
}
