package org.outpost.amt.traffic;

import java.time.Instant;

/**
 * What was last read of a device.
 *
 * @param value what was read
 * @param readAt when; of several reads the oldest
 * @param <T> what it is
 */
public record LastKnown<T>(T value, Instant readAt) {}
