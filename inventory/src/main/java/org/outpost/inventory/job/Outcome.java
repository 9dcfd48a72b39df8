package org.outpost.inventory.job;

/**
 * How it ended for one device.
 *
 * @param state a final one
 * @param code why, for programs, such as {@code timed_out}; empty when there is nothing to say
 * @param detail why, in a sentence for people; at most {@value #LONGEST} characters are kept
 */
public record Outcome(DeviceState state, String code, String detail) {
    private static final int LONGEST = 500;

    /** It did what was asked. */
    public static final Outcome DONE = new Outcome(DeviceState.DONE, "", "");

    /** It was not connected. */
    public static final Outcome OFFLINE =
            new Outcome(
                    DeviceState.OFFLINE,
                    "offline",
                    "The device is not connected. Wait until it is, or look why with: outpost why");

    /** The job was cancelled first. */
    public static final Outcome CANCELLED = new Outcome(DeviceState.CANCELLED, "", "");

    /** It was under way when the server stopped. */
    public static final Outcome UNKNOWN =
            new Outcome(
                    DeviceState.UNKNOWN,
                    "server_stopped",
                    "The server stopped while this was under way; look at the device.");

    /** Refuses a state that is not final, and cuts what is too long. */
    public Outcome {
        if (!state.isFinal()) {
            throw new IllegalArgumentException(state + " is no end");
        }
        if (detail.length() > LONGEST) {
            detail = detail.substring(0, LONGEST - 1) + "…";
        }
    }

    /** It did what was asked, and there is something to say about it. */
    public static Outcome done(String detail) {
        return new Outcome(DeviceState.DONE, "", detail);
    }

    /** It did not do what was asked. */
    public static Outcome failed(String code, String detail) {
        return new Outcome(DeviceState.FAILED, code, detail);
    }

    /** The owner may not. */
    public static Outcome denied(String detail) {
        return new Outcome(DeviceState.DENIED, "denied", detail);
    }
}
