package org.outpost.simulator.device;

/**
 * What the devices say to the server (apf.md §2.4).
 *
 * @param user user name
 * @param password password
 */
public record MpsCredentials(String user, String password) {
    /** Names the user only. */
    @Override
    public String toString() {
        return "MpsCredentials[user=" + user + ", password=***]";
    }
}
