package org.outpost.gateway.tunnel;

import java.time.Duration;

/**
 * Who hears of devices that come and go, and when their announcements count as complete.
 *
 * @param listener hears of it
 * @param quiet how long nothing may have been announced after the last forward
 * @param longest after which the device has settled in any case, counted from its acceptance
 */
public record PresenceFeed(PresenceListener listener, Duration quiet, Duration longest) {
    /** Tells nobody. */
    public static final PresenceFeed NONE = to(PresenceListener.NONE);

    /** With the usual times: 250 ms of quiet, 5 s at most. */
    public static PresenceFeed to(PresenceListener listener) {
        return new PresenceFeed(listener, Duration.ofMillis(250), Duration.ofSeconds(5));
    }
}
