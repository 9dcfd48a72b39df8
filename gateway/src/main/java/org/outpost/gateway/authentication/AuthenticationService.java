package org.outpost.gateway.authentication;

import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;

import java.util.concurrent.CompletionStage;

/**
 * Authentication as the event loops see it: asked without blocking, answered later. Bounded: when
 * too many questions wait, the answer is {@link Verdict.Unavailable} at once.
 */
public interface AuthenticationService {
    /**
     * Asks the configured authenticators.
     *
     * @return completes on any thread, within the configured deadline, and never exceptionally
     */
    CompletionStage<Verdict> authenticate(Credentials credentials);
}
