package org.outpost.gateway.authentication;

import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * Asks authenticators in their order. The first {@link Verdict.Accepted} wins and ends the asking.
 * Without one the answer is {@link Verdict.Unavailable} when any of them could not say (that one
 * might have accepted), else {@link Verdict.Refused}. A chain of none refuses.
 */
public final class AuthenticatorChain implements Authenticator {
    private static final Logger log = LoggerFactory.getLogger(AuthenticatorChain.class);

    private final List<Authenticator> authenticators;

    /** Makes a chain; the order is the order of asking. */
    public AuthenticatorChain(List<? extends Authenticator> authenticators) {
        this.authenticators = List.copyOf(authenticators);
    }

    @Override
    public Verdict authenticate(Credentials credentials) throws InterruptedException {
        List<String> refusals = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Authenticator authenticator : authenticators) {
            switch (ask(authenticator, credentials)) {
                case Verdict.Accepted accepted -> {
                    return accepted;
                }
                case Verdict.Refused refused -> refusals.add(refused.reason());
                case Verdict.Unavailable unavailable -> failures.add(unavailable.reason());
            }
        }
        if (!failures.isEmpty()) {
            return new Verdict.Unavailable(String.join("; ", failures));
        }
        return new Verdict.Refused(
                refusals.isEmpty()
                        ? "no authenticator is configured"
                        : String.join("; ", refusals));
    }

    private static Verdict ask(Authenticator authenticator, Credentials credentials)
            throws InterruptedException {
        try {
            return authenticator.authenticate(credentials);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            String name = authenticator.getClass().getSimpleName();
            FailureLog.debug(log, name, e);
            return new Verdict.Unavailable(name + " failed: " + e.getClass().getSimpleName());
        }
    }

    /** Closes all, in their order. */
    @Override
    public void close() {
        for (Authenticator authenticator : authenticators) {
            try {
                authenticator.close();
            } catch (RuntimeException e) {
                FailureLog.debug(log, authenticator.getClass().getSimpleName(), e);
            }
        }
    }
}
