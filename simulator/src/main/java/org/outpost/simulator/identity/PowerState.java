package org.outpost.simulator.identity;

/** What the PC around the firmware is doing; the firmware answers in all of them. */
public enum PowerState {
    /** Running (S0). */
    ON("On"),
    /** Sleeping (S3). */
    STANDBY("Standby"),
    /** Soft off (S5). */
    OFF("Off");

    private final String label;

    PowerState(String label) {
        this.label = label;
    }

    /** The word on the device's web page. */
    public String label() {
        return label;
    }
}
