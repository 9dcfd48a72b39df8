package org.outpost.server.web.account;

/**
 * The file with the password of the first administrator, which is worthless once it was changed.
 */
public interface FirstAdmin {
    /** Tells that this user has another password now. */
    void changed(String user);
}
