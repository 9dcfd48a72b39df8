package org.outpost.gateway.authentication;

import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;

/**
 * Accepts everybody under the name they give, which may be none ({@code insecure-accept-any}): for
 * trials, and for doors that only loopback or a trusted network can reach.
 */
public final class AcceptAny implements Authenticator {
    @Override
    public Verdict authenticate(Credentials credentials) {
        return new Verdict.Accepted(credentials.user());
    }
}
