package org.outpost.amt.operation.defense;

/** What a filter does with a packet that it matches. */
public enum FilterProfile {
    PASS_AND_COUNT(0),
    DROP_AND_COUNT(1),
    /** Passes so many a second and drops the rest. */
    RATE_LIMIT(2),
    PASS(3),
    DROP(4);

    private final int number;

    FilterProfile(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }
}
