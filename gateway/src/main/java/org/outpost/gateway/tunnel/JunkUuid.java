package org.outpost.gateway.tunnel;

import java.util.UUID;

/** UUIDs that identify no device, because a board maker never set them (design §5). */
public final class JunkUuid {
    private static final UUID NIL = new UUID(0, 0);
    private static final UUID MAX = new UUID(-1, -1);

    // The firmware vendor's placeholder 03000200-0400-0500-0006-000700080009, and its mixed-endian
    // reading.
    private static final UUID PLACEHOLDER = UUID.fromString("03000200-0400-0500-0006-000700080009");
    private static final UUID PLACEHOLDER_SWAPPED =
            UUID.fromString("00020003-0004-0005-0006-000700080009");

    private JunkUuid() {}

    /** Whether it is one of them. */
    public static boolean isJunk(UUID uuid) {
        return uuid.equals(NIL)
                || uuid.equals(MAX)
                || uuid.equals(PLACEHOLDER)
                || uuid.equals(PLACEHOLDER_SWAPPED);
    }
}
