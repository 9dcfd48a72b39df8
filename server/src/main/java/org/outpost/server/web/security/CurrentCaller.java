package org.outpost.server.web.security;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;

/** Who calls on this thread. */
public final class CurrentCaller {
    private CurrentCaller() {}

    /** Null when nobody is signed in. */
    public static @Nullable Caller orNull() {
        SignedIn signedIn = CallerArgument.current();
        return signedIn == null ? null : signedIn.caller();
    }
}
