package org.outpost.simulator.amt;

/**
 * Who may sign in at the simulated devices.
 *
 * @param user user name
 * @param password password
 */
public record AmtCredentials(String user, String password) {
    /** Names the user only. */
    @Override
    public String toString() {
        return "AmtCredentials[user=" + user + ", password=***]";
    }
}
