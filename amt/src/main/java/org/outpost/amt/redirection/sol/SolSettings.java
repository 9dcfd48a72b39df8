package org.outpost.amt.redirection.sol;

import java.time.Duration;

/**
 * What a SOL session asks of the device.
 *
 * @param maxTransmit most bytes of one data message, 1 to 65535
 * @param transmitTimeout how long the device collects bytes before it sends them
 * @param receiveTimeout how long the device bears our silence
 * @param heartbeat how often either side shows that it lives; must be shorter than the receive
 *     timeout. All times are up to 65535 ms
 */
public record SolSettings(
        int maxTransmit, Duration transmitTimeout, Duration receiveTimeout, Duration heartbeat) {
    /** The values of deployed consoles: 10,000 bytes, 100 ms, 10 s, and a heartbeat of 2 s. */
    public static final SolSettings DEFAULT =
            new SolSettings(
                    10_000, Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(2));

    private static final int LARGEST = 0xFFFF;

    public SolSettings {
        if (maxTransmit < 1
                || maxTransmit > LARGEST
                || transmitTimeout.isNegative()
                || transmitTimeout.toMillis() > LARGEST
                || receiveTimeout.toMillis() > LARGEST
                || !heartbeat.isPositive()
                || heartbeat.compareTo(receiveTimeout) >= 0) {
            throw new IllegalArgumentException(
                    "sizes and times must fit into 16 bits, the heartbeat into the receive"
                            + " timeout");
        }
    }
}
