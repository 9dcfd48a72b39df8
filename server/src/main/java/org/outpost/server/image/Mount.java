package org.outpost.server.image;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.ider.IderSession;

import java.time.Instant;
import java.util.UUID;

/**
 * Images of the server as drives of a device.
 *
 * @param cd name of the image in the CD drive; null for an empty drive
 * @param floppy name of the image in the floppy drive; null for an empty drive
 * @param user who mounted them
 */
public record Mount(
        UUID device,
        @Nullable String cd,
        @Nullable String floppy,
        String user,
        Instant since,
        IderSession session) {}
