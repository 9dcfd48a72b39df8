package org.outpost.apf.channel;

import java.time.Duration;

/**
 * How a multiplexer behaves.
 *
 * @param maxChannels channels in use at once in either direction; real firmware has about 8
 * @param maxWaiting opens that may wait for a free channel; further ones fail at once
 * @param reuseNumbers whether the lowest free channel number is taken, as firmware does, rather
 *     than a number not used for long
 * @param windows receive windows
 * @param maxPayload bytes in one CHANNEL_DATA that we send
 * @param openRetries how often an open is tried again after failure reasons 1, 2 and 4
 * @param openRetryDelay before the first retry; doubles each time
 * @param closeTimeout how long the peer's CLOSE is awaited before the number is given up
 */
public record MultiplexerSettings(
        int maxChannels,
        int maxWaiting,
        boolean reuseNumbers,
        WindowSettings windows,
        int maxPayload,
        int openRetries,
        Duration openRetryDelay,
        Duration closeTimeout) {
    /** The server's role towards one device. */
    public static MultiplexerSettings server(WindowSettings windows) {
        return new MultiplexerSettings(
                8,
                256,
                false,
                windows,
                32 * 1024,
                3,
                Duration.ofMillis(250),
                Duration.ofSeconds(30));
    }

    /** The device's role: channel numbers 0 to 7, reused at once (apf.md section 4.4). */
    public static MultiplexerSettings device(WindowSettings windows) {
        return new MultiplexerSettings(
                8, 64, true, windows, 4096, 0, Duration.ofMillis(250), Duration.ofSeconds(30));
    }

    /** These settings with another cap on channels. */
    public MultiplexerSettings withMaxChannels(int channels) {
        return new MultiplexerSettings(
                channels,
                maxWaiting,
                reuseNumbers,
                windows,
                maxPayload,
                openRetries,
                openRetryDelay,
                closeTimeout);
    }

    /** These settings with another size of the messages that we send. */
    public MultiplexerSettings withMaxPayload(int payload) {
        return new MultiplexerSettings(
                maxChannels,
                maxWaiting,
                reuseNumbers,
                windows,
                payload,
                openRetries,
                openRetryDelay,
                closeTimeout);
    }
}
