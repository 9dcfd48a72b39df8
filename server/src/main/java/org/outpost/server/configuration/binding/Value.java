package org.outpost.server.configuration.binding;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was written, with where. */
sealed interface Value {
    Origin origin();

    /** A single value, as text. */
    record Scalar(String text, boolean quoted, Origin origin) implements Value {}

    /** A key without a value. */
    record Empty(Origin origin) implements Value {}

    /** A list. */
    record Sequence(List<Value> items, Origin origin) implements Value {}

    /** Keys and their values; only overrides change it. */
    record Mapping(Map<String, Entry> entries, Origin origin) implements Value {
        static Mapping empty(Origin origin) {
            return new Mapping(new LinkedHashMap<>(), origin);
        }

        @Nullable Value get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }
    }

    /** A key's value, and where the key stands. */
    record Entry(Origin key, Value value) {}

    /** How an error calls it. */
    default String kind() {
        return switch (this) {
            case Scalar scalar -> '"' + scalar.text() + '"';
            case Empty _ -> "nothing";
            case Sequence _ -> "a list";
            case Mapping _ -> "a section";
        };
    }
}
