package org.outpost.gateway.splice;

/** Why a splice ended. */
public enum SpliceEnding {
    /** The device closed its channel; what it had sent was passed on. */
    DEVICE_CLOSED("device_closed"),
    /** The console closed its connection altogether. */
    CONSOLE_CLOSED("console_closed"),
    /** The console said that it sends no more, and the device then kept silent. */
    LINGERED("lingered"),
    /** The device had ended and the console did not take what was left. */
    STALLED("stalled"),
    /** The console's connection broke. */
    CONSOLE_FAILED("console_failed"),
    /** The device's channel broke. */
    DEVICE_FAILED("device_failed"),
    /** Somebody cut it. */
    RESET("reset");

    private final String label;

    SpliceEnding(String label) {
        this.label = label;
    }

    /** The value of the metric's tag. */
    public String label() {
        return label;
    }
}
