package org.outpost.amt.redirection.gateway;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.RedirectionFailure;

/** Hears of a session, on one of its event loops; must not block. */
public interface GatewayListener {
    /** Hears nothing. */
    GatewayListener NONE = new GatewayListener() {};

    /** Both sides are signed in; from now on bytes pass. */
    default void opened() {}

    /**
     * It is over. Called once.
     *
     * @param failure of the session with the device, with {@link GatewayEnd#NOT_OPENED} only
     */
    default void ended(
            GatewayEnd reason, @Nullable RedirectionFailure failure, GatewayTraffic traffic) {}
}
