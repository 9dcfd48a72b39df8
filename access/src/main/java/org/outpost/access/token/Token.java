package org.outpost.access.token;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Scope;

import java.time.Instant;

/**
 * Something that stands for a user until it expires or is revoked. Its text is told once, when it
 * is made; here is only what it is compared by.
 *
 * @param id names it in lists; part of its text
 * @param user key of the user for whom it stands
 * @param kind what it is for
 * @param label for people; for a session the address and program of the sign-in
 * @param mac HMAC-SHA-256 of its text, in hexadecimal
 * @param scope what it is good for
 * @param means how the user signed in to get it
 * @param created when it was made
 * @param expires when it ceases to be good; null for never
 */
public record Token(
        String id,
        String user,
        Kind kind,
        String label,
        String mac,
        Scope scope,
        String means,
        Instant created,
        @Nullable Instant expires) {
    /** What tokens are for. */
    public enum Kind {
        /** A sign-in. */
        SESSION,
        /** For programs, until it is revoked. */
        API
    }

    boolean isGood(Instant now) {
        return expires == null || now.isBefore(expires);
    }

    /** Leaves the secret part out. */
    @Override
    public String toString() {
        return "Token[" + id + "]";
    }
}
