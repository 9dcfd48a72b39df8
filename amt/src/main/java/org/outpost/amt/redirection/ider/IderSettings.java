package org.outpost.amt.redirection.ider;

import java.time.Duration;

/**
 * How drives are served.
 *
 * @param attach when they appear at the host
 * @param receiveTimeout how long the device bears our silence
 * @param heartbeat announced to the device; half of it is kept. Times are up to 65535 ms
 */
public record IderSettings(Attach attach, Duration receiveTimeout, Duration heartbeat) {
    private static final long LARGEST = 0xFFFF;

    public IderSettings {
        if (receiveTimeout.toMillis() > LARGEST
                || heartbeat.toMillis() < 2
                || heartbeat.compareTo(receiveTimeout) >= 0) {
            throw new IllegalArgumentException(
                    "the heartbeat must be shorter than the receive timeout, that at most 65535"
                            + " ms");
        }
    }

    /** The times of deployed consoles: 30 s and 20 s. */
    public static IderSettings attaching(Attach attach) {
        return new IderSettings(attach, Duration.ofSeconds(30), Duration.ofSeconds(20));
    }

    /** When the drives appear. */
    public enum Attach {
        /** At the host's next reset. */
        AT_RESET(0x09),
        /** When the host's drives are idle. */
        GRACEFUL(0x11),
        /** Now. */
        AT_ONCE(0x19);

        private final int value;

        Attach(int value) {
            this.value = value;
        }

        int value() {
            return value;
        }
    }
}
