package org.outpost.server.web.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A caller as Spring Security carries it. Authorities are not used: see {@link RightsGuard}. */
final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1;

    private final transient SignedIn signedIn;

    CallerAuthentication(SignedIn signedIn) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.signedIn = signedIn;
        setAuthenticated(true);
    }

    SignedIn signedIn() {
        return signedIn;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return signedIn.caller().user();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
