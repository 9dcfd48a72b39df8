package org.outpost.amt.connection;

import java.time.Duration;
import java.util.Optional;

/**
 * How a device is connected to.
 *
 * @param transport with or without TLS
 * @param tls which versions of TLS
 * @param pins what is done when the certificate changes
 * @param identity what we show to devices that demand a client certificate
 * @param handshake how long a TLS handshake may take
 */
public record ConnectionSettings(
        TransportChoice transport,
        TlsProfile tls,
        PinPolicy pins,
        Optional<ClientIdentity> identity,
        Duration handshake) {
    /** TLS where the device has it, modern, with changed certificates refused. */
    public static final ConnectionSettings DEFAULT =
            new ConnectionSettings(
                    TransportChoice.EITHER,
                    TlsProfile.MODERN,
                    PinPolicy.REFUSE,
                    Optional.empty(),
                    Duration.ofSeconds(20));

    /**
     * The same with another transport.
     *
     * @param choice with or without TLS
     */
    public ConnectionSettings with(TransportChoice choice) {
        return new ConnectionSettings(choice, tls, pins, identity, handshake);
    }

    /**
     * The same with another policy.
     *
     * @param policy what is done when the certificate changes
     */
    public ConnectionSettings with(PinPolicy policy) {
        return new ConnectionSettings(transport, tls, policy, identity, handshake);
    }
}
