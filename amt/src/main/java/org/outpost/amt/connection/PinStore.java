package org.outpost.amt.connection;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Remembers the certificate of each device. Asked once for each TLS connection; the connection
 * waits for the answer.
 */
public interface PinStore {
    /**
     * The pin on record.
     *
     * @param device the device's key
     */
    CompletionStage<Optional<CertificatePin>> find(String device);

    /**
     * Puts a pin on record, in place of what is there. The connection is used only when this has
     * succeeded.
     *
     * @param device the device's key
     * @param pin what was seen
     */
    CompletionStage<Void> remember(String device, CertificatePin pin);
}
