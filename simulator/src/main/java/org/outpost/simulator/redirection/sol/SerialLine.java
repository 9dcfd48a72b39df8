package org.outpost.simulator.redirection.sol;

/** Where the PC's serial port leads to. */
public interface SerialLine {
    /** Sends text to whoever is at the other end. */
    void send(String text);
}
