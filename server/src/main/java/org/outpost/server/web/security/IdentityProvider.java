package org.outpost.server.web.security;

import org.outpost.access.right.Caller;

import java.util.Optional;

/** Somebody else who says who a caller is. */
@FunctionalInterface
public interface IdentityProvider {
    /**
     * Reads a token.
     *
     * @return empty when it is none of this provider, has expired, or is not meant for us
     */
    Optional<Caller> of(String token);
}
