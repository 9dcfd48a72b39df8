package org.outpost.server.web.recording;

import org.jspecify.annotations.Nullable;
import org.outpost.inventory.recording.Recording;

import java.time.Instant;
import java.util.UUID;

/**
 * A recording, as the API tells it.
 *
 * @param guid of the device
 * @param tenantId the device's when it was recorded
 * @param title how the device was called
 * @param state {@code running}, {@code whole}, {@code incomplete}, {@code failed} or {@code
 *     interrupted}
 * @param bytes of the file, by now
 */
record RecordingView(
        String id,
        UUID guid,
        String tenantId,
        String title,
        String user,
        String address,
        Instant started,
        @Nullable Instant ended,
        String state,
        long bytes) {
    static RecordingView of(Recording recording, long bytes) {
        Recording.End end = recording.end();
        return new RecordingView(
                recording.id(),
                recording.device(),
                recording.tenant(),
                recording.title(),
                recording.user(),
                recording.address(),
                recording.started(),
                end == null ? null : end.time(),
                end == null ? "running" : end.outcome().label(),
                bytes);
    }
}
