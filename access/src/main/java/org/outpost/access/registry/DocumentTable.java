package org.outpost.access.registry;

import org.jdbi.v3.core.Handle;

import java.util.function.BiConsumer;

/** The SQL of the table {@code access_document}. */
final class DocumentTable {
    private DocumentTable() {}

    static void all(Handle handle, String kind, BiConsumer<String, String> each) {
        handle.createQuery("SELECT name, document FROM access_document WHERE kind = :kind")
                .bind("kind", kind)
                .map(
                        (row, context) ->
                                new String[] {row.getString("name"), row.getString("document")})
                .useIterator(rows -> rows.forEachRemaining(row -> each.accept(row[0], row[1])));
    }

    static void put(Handle handle, String kind, String name, String document) {
        handle.createUpdate(
                        "INSERT INTO access_document (kind, name, document) VALUES (:kind, :name,"
                                + " :document) ON CONFLICT (kind, name) DO UPDATE SET document ="
                                + " excluded.document")
                .bind("kind", kind)
                .bind("name", name)
                .bind("document", document)
                .execute();
    }

    static void remove(Handle handle, String kind, String name) {
        handle.createUpdate("DELETE FROM access_document WHERE kind = :kind AND name = :name")
                .bind("kind", kind)
                .bind("name", name)
                .execute();
    }
}
