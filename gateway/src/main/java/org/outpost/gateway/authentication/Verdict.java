package org.outpost.gateway.authentication;

/** An authenticator's answer. */
public sealed interface Verdict {
    /**
     * The credentials are good.
     *
     * @param principal the name that they stand for: what bindings and logs refer to
     */
    record Accepted(String principal) implements Verdict {}

    /**
     * The credentials are not good.
     *
     * @param reason for the log, never for the peer
     */
    record Refused(String reason) implements Verdict {}

    /**
     * Nobody could say: the peer may try again.
     *
     * @param reason for the log, never for the peer
     */
    record Unavailable(String reason) implements Verdict {}
}
