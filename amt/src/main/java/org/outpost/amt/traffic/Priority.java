package org.outpost.amt.traffic;

/** Who goes first. */
public enum Priority {
    /** A person waits for it. */
    INTERACTIVE,
    /** Jobs, schedules, refreshing what is shown. */
    BACKGROUND
}
