package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;

/**
 * A device as the API tells it.
 *
 * @param guid its UUID
 * @param hostname the name it announced
 * @param connectionStatus whether its tunnel is open
 * @param credential what its credentials stand for
 * @param announcedGuid the UUID that it announced itself
 * @param firstSeen when it was recorded
 * @param lastSeen the last sign of life
 * @param address where it called from last
 * @param tunnel the number of its tunnel, or the tunnel itself
 */
record DeviceView(
        String guid,
        @Nullable String hostname,
        boolean connectionStatus,
        @Nullable String credential,
        @Nullable String announcedGuid,
        @Nullable Instant firstSeen,
        @Nullable Instant lastSeen,
        @Nullable String address,
        @Nullable JsonNode tunnel) {

    /** What people call it. */
    String name() {
        return hostname == null || hostname.isEmpty() ? "-" : hostname;
    }

    /** In a word. */
    String state() {
        return connectionStatus ? "connected" : "offline";
    }

    /** The number of its tunnel; empty when there is none. */
    String tunnelId() {
        if (tunnel == null || tunnel.isNull()) {
            return "";
        }
        return tunnel.isObject() ? tunnel.path("id").asString("") : tunnel.asString("");
    }
}
