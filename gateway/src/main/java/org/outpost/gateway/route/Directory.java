package org.outpost.gateway.route;

import java.util.concurrent.CompletionStage;

/** Resolves what a console typed to a device and its best route. Never blocks the caller. */
public interface Directory {
    /**
     * Looks a device up.
     *
     * @param target a UUID, a host name or FQDN (compared without regard to case), or an IPv4 or
     *     IPv6 address literal without brackets
     * @param asker who wants to know; the answer names nothing that they may not see
     * @return completes, on any thread, with the answer; exceptionally only when the look-up itself
     *     failed (for instance because the register of known devices cannot be read)
     */
    CompletionStage<Resolution> resolve(String target, Console asker);
}
