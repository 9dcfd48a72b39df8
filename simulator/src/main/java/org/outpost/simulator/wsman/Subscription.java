package org.outpost.simulator.wsman;

/**
 * What a Subscribe asks for (wsman.md §11.2).
 *
 * @param address where events go
 * @param acknowledged whether each event has to be acknowledged
 * @param user what the device signs in with at the listener; empty for nothing
 * @param password its password
 */
public record Subscription(String address, boolean acknowledged, String user, String password) {
    /** Names no password. */
    @Override
    public String toString() {
        return "Subscription[address=" + address + ", user=" + user + ']';
    }
}
