package org.outpost.gateway.authentication;

import java.time.Duration;

/**
 * Bounds of authentication.
 *
 * @param concurrency how many questions are asked at once, 1 or more
 * @param queue how many may wait beyond those, 1 or more
 * @param deadline the time from a question to its answer, waiting included
 * @param rampFrom how many questions are asked at once right after the start, 1 to {@code
 *     concurrency}
 * @param ramp the time over which the number grows evenly from {@code rampFrom} to {@code
 *     concurrency}; zero for no ramp
 * @param retry after about which time a question is asked again that got no answer, as long as its
 *     deadline allows; zero to pass {@code Unavailable} on at once. Firmware that is sent away
 *     stays away for a quarter of an hour (remote-access.md section 4), so it is better held
 */
public record AuthenticationSettings(
        int concurrency,
        int queue,
        Duration deadline,
        int rampFrom,
        Duration ramp,
        Duration retry) {
    /**
     * Enough for a storm of 10,000 reconnects against a fast source, gentle to a slow one after a
     * restart.
     */
    public static final AuthenticationSettings DEFAULT =
            new AuthenticationSettings(
                    256, 20_000, Duration.ofSeconds(5), 32, Duration.ofSeconds(20), Duration.ZERO);

    public AuthenticationSettings {
        if (concurrency < 1 || queue < 1 || rampFrom < 1 || rampFrom > concurrency) {
            throw new IllegalArgumentException(
                    "need concurrency >= 1, queue >= 1 and 1 <= rampFrom <= concurrency");
        }
        if (!deadline.isPositive() || ramp.isNegative() || retry.isNegative()) {
            throw new IllegalArgumentException("need deadline > 0, ramp >= 0 and retry >= 0");
        }
    }

    /** Settings that pass on at once when a question got no answer. */
    public AuthenticationSettings(
            int concurrency, int queue, Duration deadline, int rampFrom, Duration ramp) {
        this(concurrency, queue, deadline, rampFrom, ramp, Duration.ZERO);
    }

    /** These settings with another time for an answer. */
    public AuthenticationSettings within(Duration other) {
        return new AuthenticationSettings(concurrency, queue, other, rampFrom, ramp, retry);
    }

    /** These settings with all questions allowed from the start. */
    public AuthenticationSettings withoutRamp() {
        return new AuthenticationSettings(
                concurrency, queue, deadline, concurrency, Duration.ZERO, retry);
    }

    /** These settings with questions that are asked again when they got no answer. */
    public AuthenticationSettings retrying(Duration every) {
        return new AuthenticationSettings(concurrency, queue, deadline, rampFrom, ramp, every);
    }
}
