package org.outpost.apf.channel;

/**
 * How receive windows behave (design section 4).
 *
 * @param initial bytes granted when a channel opens
 * @param maximum bytes that a window may grow to when it was the limit for a whole round trip
 * @param budget shared by all channels of the process
 */
public record WindowSettings(int initial, int maximum, WindowBudget budget) {
    /** The 80 KiB that public servers settled on for KVM (apf.md section 4.3). */
    public static final int USUAL = 80 * 1024;

    public WindowSettings {
        if (initial < 1 || maximum < initial) {
            throw new IllegalArgumentException(
                    "receive window "
                            + initial
                            + " to "
                            + maximum
                            + " (expected: 1 <= initial <= maximum)");
        }
    }
}
