package org.outpost.server.command;

/** A power state that can be waited for, by the numbers of CIM_AssociatedPowerManagementService. */
enum PowerGoal {
    ON("on"),
    OFF("off"),
    ASLEEP("asleep"),
    HIBERNATED("hibernated");

    private final String words;

    PowerGoal(String words) {
        this.words = words;
    }

    /** Such as {@code off}. */
    String words() {
        return words;
    }

    /** Whether a device in this state is there. */
    boolean holds(int state) {
        return switch (this) {
            case ON -> state == 2;
            case OFF -> state == 6 || state == 8 || state == 12 || state == 13;
            case ASLEEP -> state == 3 || state == 4;
            case HIBERNATED -> state == 7;
        };
    }
}
