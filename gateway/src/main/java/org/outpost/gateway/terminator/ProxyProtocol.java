package org.outpost.gateway.terminator;

import java.time.Duration;

/**
 * Whose PROXY headers count on a listener.
 *
 * @param from the peers that speak for others: each of their connections has to begin with a
 *     header. Other peers speak for themselves, and their headers are refused.
 * @param deadline from the connection to the end of the header
 * @param certificateTlv the type of the TLV in which a terminator hands on the client certificate
 *     that it verified, as DER or as base64 of that: 0xE0 to 0xEF, the range for own use; 0 for
 *     none
 */
public record ProxyProtocol(Networks from, Duration deadline, int certificateTlv) {
    private static final int FIRST_OWN_TYPE = 0xE0;
    private static final int LAST_OWN_TYPE = 0xEF;

    public ProxyProtocol {
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("the deadline must be longer than nothing");
        }
        if (certificateTlv != 0
                && (certificateTlv < FIRST_OWN_TYPE || certificateTlv > LAST_OWN_TYPE)) {
            throw new IllegalArgumentException("the TLV's type must be 0xE0 to 0xEF");
        }
    }

    /** Five seconds, and no certificate. */
    public static ProxyProtocol trusting(String... ranges) {
        return new ProxyProtocol(Networks.of(ranges), Duration.ofSeconds(5), 0);
    }
}
