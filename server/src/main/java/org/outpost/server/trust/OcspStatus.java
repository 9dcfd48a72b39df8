package org.outpost.server.trust;

import java.time.Instant;

/** What a responder says of a certificate (RFC 6960 §2.2). */
sealed interface OcspStatus {
    /** Until when the responder stands by it. */
    Instant until();

    /** It is not revoked. */
    record Good(Instant until) implements OcspStatus {}

    /**
     * It is revoked, for good or for now.
     *
     * @param since since when
     */
    record Revoked(Instant since, Instant until) implements OcspStatus {}

    /** The responder has never heard of it. */
    record Unknown(Instant until) implements OcspStatus {}
}
