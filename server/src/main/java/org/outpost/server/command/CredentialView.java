package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A device's credential as the API tells it.
 *
 * @param password only of one that was just made
 * @param device the UUID of the one device that may use it
 * @param revoked when it ceased to be good
 */
record CredentialView(
        String id,
        String user,
        @Nullable String password,
        @Nullable String device,
        @Nullable String label,
        @Nullable Instant created,
        @Nullable Instant revoked) {
    /** Leaves the password out. */
    @Override
    public String toString() {
        return "CredentialView[user=" + user + "]";
    }

    static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }
}
