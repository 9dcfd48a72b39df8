package org.outpost.inventory.credential;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A generated credential, as far as it may be shown.
 *
 * @param id its own UUID
 * @param user the user name
 * @param device the UUID of the one device that may use it; null for any
 * @param label what it is for, in an operator's words; may be empty
 * @param created when
 * @param revoked when it ceased to be good; null while it is
 */
public record DeviceCredential(
        UUID id,
        String user,
        @Nullable UUID device,
        String label,
        Instant created,
        @Nullable Instant revoked) {}
