package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/** A recording as the API tells it. */
record RecordingView(
        String id,
        String guid,
        String tenantId,
        String title,
        String user,
        String address,
        Instant started,
        @Nullable Instant ended,
        String state,
        long bytes) {
    /** How long it is, such as {@code 0:04:07}; a dash while it runs. */
    String length() {
        if (ended == null) {
            return "-";
        }
        Duration length = Duration.between(started, ended);
        return "%d:%02d:%02d"
                .formatted(length.toHours(), length.toMinutesPart(), length.toSecondsPart());
    }
}
