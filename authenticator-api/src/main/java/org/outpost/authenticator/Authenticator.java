package org.outpost.authenticator;

/**
 * Decides whether a device or a console is who it says it is. Called by many threads at once, never
 * on an event loop, so it may block; a call that takes too long is interrupted and counts as {@link
 * Verdict.Unavailable}.
 */
public interface Authenticator extends AutoCloseable {
    /**
     * Checks the credentials.
     *
     * @throws Exception when they could not be checked; counts as {@link Verdict.Unavailable}
     */
    Verdict authenticate(Credentials credentials) throws Exception;

    /** Gives back what it holds, once, when the server stops. */
    @Override
    default void close() {}
}
