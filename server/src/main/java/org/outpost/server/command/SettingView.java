package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * A setting as the API tells it.
 *
 * @param path its key
 * @param value what counts
 * @param source what kind of place it comes from
 * @param place where it is written; empty for a default
 * @param documentation what it means
 * @param how how it is changed
 */
record SettingView(
        String path,
        @Nullable JsonNode value,
        String source,
        String place,
        String documentation,
        String how) {
    /** The value for people. */
    String text() {
        if (value == null || value.isNull()) {
            return "-";
        }
        return value.isValueNode() ? value.asString() : value.toString();
    }

    /** Where it comes from. */
    String origin() {
        return place.isEmpty() ? source : place;
    }
}
