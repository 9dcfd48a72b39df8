package org.outpost.inventory.credential;

/**
 * A credential that was just made: the only time that its password is known.
 *
 * @param password 16 characters, for the device
 */
public record NewCredential(DeviceCredential credential, String password) {
    /** Leaves the password out, so that it reaches no log. */
    @Override
    public String toString() {
        return credential.toString();
    }
}
