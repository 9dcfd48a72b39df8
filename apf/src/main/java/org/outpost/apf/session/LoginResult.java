package org.outpost.apf.session;

import org.outpost.apf.message.DisconnectReason;

/** What became of a device's credentials. */
public sealed interface LoginResult {
    /** They are good: USERAUTH_SUCCESS. */
    record Accepted() implements LoginResult {}

    /** They are not: USERAUTH_FAILURE, and the device may try again. */
    record Refused() implements LoginResult {}

    /** The session ends with this reason, whatever the credentials. */
    record Ended(DisconnectReason reason) implements LoginResult {}
}
