package org.outpost.inventory.notification.delivery;

import java.time.Duration;

/**
 * When an event that fails is left out so that the rest gets on: after this time, and only when it
 * failed again so many times although others had got through to the same subscriber in between. So
 * nothing is left out because a subscriber is away.
 *
 * @param time since the first failure
 * @param comparisons failures before which another event had got through, 1 or more
 */
public record Patience(Duration time, int comparisons) {
    /** An hour, and ten comparisons. */
    public static final Patience USUAL = new Patience(Duration.ofHours(1), 10);
}
