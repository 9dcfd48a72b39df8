package org.outpost.gateway.authentication;

/**
 * Decides whether a device or a console is who it says it is. Called on a worker, never on an event
 * loop, so it may block; a call that takes too long counts as {@link Verdict.Unavailable}.
 */
public interface Authenticator {
    /**
     * Checks the credentials.
     *
     * @throws Exception when they could not be checked; counts as {@link Verdict.Unavailable}
     */
    Verdict authenticate(Credentials credentials) throws Exception;
}
