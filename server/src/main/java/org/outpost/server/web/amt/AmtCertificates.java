package org.outpost.server.web.amt;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The TLS certificates with which AMT of devices was first seen. */
public interface AmtCertificates {
    /**
     * One of them.
     *
     * @param sha256 SHA-256 of the leaf certificate, hexadecimal
     * @param subject its subject
     * @param seenAt since when it counts
     */
    record Seen(String sha256, String subject, Instant seenAt) {}

    /** The certificate that counts; empty when none was seen. */
    CompletionStage<Optional<Seen>> find(UUID device);

    /** Forgets it: the next one seen counts. Says whether there was one. */
    CompletionStage<Boolean> forget(UUID device);
}
