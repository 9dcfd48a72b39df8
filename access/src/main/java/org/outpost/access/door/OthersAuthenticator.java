package org.outpost.access.door;

import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;

/** Another authenticator, which cannot vouch for somebody as a user of the API. */
public final class OthersAuthenticator implements Authenticator {
    private final Authenticator other;

    /** Passes on to this one, which is closed with it. */
    public OthersAuthenticator(Authenticator other) {
        this.other = other;
    }

    @Override
    public Verdict authenticate(Credentials credentials) throws Exception {
        Verdict verdict = other.authenticate(credentials);
        return verdict instanceof Verdict.Accepted(String principal)
                        && principal.startsWith(GrantedConsoles.USER)
                ? new Verdict.Refused("a name that users of the API alone may have")
                : verdict;
    }

    @Override
    public void close() {
        other.close();
    }
}
