package org.outpost.amt.operation.alarm;

import java.time.Duration;
import java.time.Instant;

/**
 * An alarm that powers the PC on (wsman.md section 14).
 *
 * @param instanceId its key, up to 64 characters
 * @param elementName its name for people
 * @param start when, to the minute, in UTC
 * @param interval after which it comes again; zero for once
 * @param deleteOnCompletion whether it is gone after the last time
 */
public record Alarm(
        String instanceId,
        String elementName,
        Instant start,
        Duration interval,
        boolean deleteOnCompletion) {
    private static final int LONGEST = 64;

    /** Checks the key and the interval. */
    public Alarm {
        if (instanceId.isEmpty() || instanceId.length() > LONGEST) {
            throw new IllegalArgumentException("an alarm's name has 1 to 64 characters");
        }
        if (interval.isNegative()) {
            throw new IllegalArgumentException("an alarm's interval is not negative");
        }
    }
}
