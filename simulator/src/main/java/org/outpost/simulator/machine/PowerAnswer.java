package org.outpost.simulator.machine;

/** What the PC says to a wish for another power. */
public enum PowerAnswer {
    /** It will happen within seconds. */
    ACCEPTED,
    /** It cannot happen from the present state, or is the present state. */
    NOT_POSSIBLE,
    /** Another change is under way. */
    UNDER_WAY
}
