package org.outpost.inventory.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a device in a job. Each device ends in one of these, once. */
public enum DeviceState {
    /** Its turn has not come, or it is offline and waited for. */
    WAITING,
    /** It is about to be asked, or was asked and has not answered. */
    RUNNING,
    /** It did what was asked. */
    DONE,
    /** It did not, or its answer did not come; code and detail say why. */
    FAILED,
    /** It was not connected, as long as it was waited for. */
    OFFLINE,
    /** The job's owner may not do this to it. */
    DENIED,
    /** The job was cancelled before its turn. */
    CANCELLED,
    /** The server stopped while it was asked, and it must not be asked twice. */
    UNKNOWN;

    /** How it is written. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more will happen to the device in this job. */
    public boolean isFinal() {
        return this != WAITING && this != RUNNING;
    }

    /** Reads a label; empty when it is none. */
    public static Optional<DeviceState> of(String label) {
        return Arrays.stream(values()).filter(state -> state.label().equals(label)).findFirst();
    }
}
