package org.outpost.simulator.fleet;

/**
 * How a fleet behaves as a whole.
 *
 * @param connectRate devices that call in for the first time per second; 0 for no limit
 * @param callsInFlight devices that may be on their way in at once while the fleet starts, from 1
 * @param churnRate connected devices per second that leave and come back at once; 0 for none
 * @param threads event loops, from 1
 */
public record FleetSettings(int connectRate, int callsInFlight, int churnRate, int threads) {
    /** Enough to keep both sides busy with handshakes, not enough to time any of them out. */
    public static final int USUAL_CALLS_IN_FLIGHT = 500;
}
