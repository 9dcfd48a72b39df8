package org.outpost.amt.redirection.sol;

/** What a SOL channel fires beside bytes, as user events. */
public sealed interface SolEvent {
    /**
     * The device changed the lines of the serial port or tells its state.
     *
     * @param overflow bytes were lost, since nobody took them
     * @param powered whether the host has power
     */
    record Controls(boolean overflow, boolean powered) implements SolEvent {}

    /** The session is over; the channel closes. */
    record Ended(SolEnd reason) implements SolEvent {}
}
