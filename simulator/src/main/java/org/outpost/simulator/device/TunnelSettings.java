package org.outpost.simulator.device;

import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.WindowBudget;
import org.outpost.apf.channel.WindowSettings;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How the devices call in.
 *
 * @param server where to; a resolved address
 * @param credentials what they sign in with
 * @param multiplexer channels and windows
 * @param oddAdjusts whether windows are refilled in the small odd amounts of firmware (apf.md §4.4)
 * @param connectTimeout how long a TCP connection may take
 * @param reconnect when they call in again
 */
public record TunnelSettings(
        InetSocketAddress server,
        MpsCredentials credentials,
        MultiplexerSettings multiplexer,
        boolean oddAdjusts,
        Duration connectTimeout,
        ReconnectPolicy reconnect) {
    /** Receive window of firmware, in bytes (apf.md §4.4). */
    public static final int FIRMWARE_WINDOW = 4095;

    private static final int LARGE_PAYLOAD = 16 * 1024;
    private static final long BUDGET = 1L << 32;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    /**
     * Settings for a receive window: firmware's own is refilled as firmware does, any other as a
     * program would.
     *
     * @param window bytes a console may send on a channel, from 1
     * @param channels channels of one device at once; firmware has 8
     */
    public static TunnelSettings of(
            InetSocketAddress server,
            MpsCredentials credentials,
            int window,
            int channels,
            ReconnectPolicy reconnect) {
        MultiplexerSettings multiplexer =
                MultiplexerSettings.device(
                                new WindowSettings(window, window, new WindowBudget(BUDGET)))
                        .withMaxChannels(channels);
        boolean firmware = window == FIRMWARE_WINDOW;
        return new TunnelSettings(
                server,
                credentials,
                firmware ? multiplexer : multiplexer.withMaxPayload(LARGE_PAYLOAD),
                firmware,
                CONNECT_TIMEOUT,
                reconnect);
    }
}
