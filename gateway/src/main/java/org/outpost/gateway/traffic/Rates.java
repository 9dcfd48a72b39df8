package org.outpost.gateway.traffic;

/**
 * What flows now.
 *
 * @param toDevice bytes per second to the device, 0 or more
 * @param fromDevice bytes per second from the device, 0 or more
 */
public record Rates(long toDevice, long fromDevice) {
    /** Nothing flows. */
    public static final Rates NONE = new Rates(0, 0);

    /** Both directions together. */
    public long sum() {
        return toDevice + fromDevice;
    }
}
