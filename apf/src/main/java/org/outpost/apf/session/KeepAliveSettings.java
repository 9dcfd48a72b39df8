package org.outpost.apf.session;

import java.time.Duration;

/**
 * The server's rules for tunnels that fall silent (protocol/README 3).
 *
 * @param interval asked of the device with KEEPALIVE_OPTIONS_REQUEST, whole seconds
 * @param timeout asked of the device in the same message; public servers send 0
 * @param missedIntervals how many negotiated intervals of silence end a tunnel
 * @param limitBeforeNegotiation silence that ends a tunnel which has not answered yet
 * @param probe whether the server sends KEEPALIVE_REQUEST itself after silence
 */
public record KeepAliveSettings(
        Duration interval,
        Duration timeout,
        int missedIntervals,
        Duration limitBeforeNegotiation,
        boolean probe) {
    /** 30 s, three intervals, 200 s before the device has answered, with probes. */
    public static final KeepAliveSettings DEFAULT =
            new KeepAliveSettings(
                    Duration.ofSeconds(30), Duration.ZERO, 3, Duration.ofSeconds(200), true);
}
