package org.outpost.gateway.channel;

import org.outpost.gateway.traffic.Rates;

import java.time.Instant;

/**
 * A channel to a device as it stood when it was asked for.
 *
 * @param id its number, never used again while this process lives
 * @param use who opened it to which device
 * @param since when it was open
 * @param bytesToDevice bytes to the device so far
 * @param bytesToConsole bytes from the device so far
 * @param rates bytes per second in the last five to ten seconds
 */
public record ChannelInfo(
        long id,
        ChannelUse use,
        Instant since,
        long bytesToDevice,
        long bytesToConsole,
        Rates rates) {}
