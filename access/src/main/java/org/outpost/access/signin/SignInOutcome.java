package org.outpost.access.signin;

import org.outpost.access.user.User;

import java.time.Duration;

/** What became of a sign-in. */
public sealed interface SignInOutcome {
    /**
     * It is that user.
     *
     * @param user who it is
     * @param means how it was found out: {@code password} or {@code directory}
     */
    record Accepted(User user, String means) implements SignInOutcome {}

    /** Unknown, wrong, or not let in: which of them is nobody's business. */
    record Refused() implements SignInOutcome {}

    /**
     * Too many are being looked at from that address.
     *
     * @param retryAfter when to try again
     */
    record TooMany(Duration retryAfter) implements SignInOutcome {}

    /** Nobody could say; the right password may be right later. */
    record Unavailable(String reason) implements SignInOutcome {}
}
