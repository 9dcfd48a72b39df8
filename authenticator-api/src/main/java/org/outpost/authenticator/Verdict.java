package org.outpost.authenticator;

import java.util.Objects;

/** An authenticator's answer. */
public sealed interface Verdict {
    /**
     * The credentials are good.
     *
     * @param principal the name that they stand for, possibly empty: what bindings and logs refer
     *     to
     */
    record Accepted(String principal) implements Verdict {
        /** Checks that there is a name. */
        public Accepted {
            Objects.requireNonNull(principal, "principal");
        }
    }

    /**
     * The credentials are not good.
     *
     * @param reason for the log, never for the peer
     */
    record Refused(String reason) implements Verdict {
        /** Checks that there is a reason. */
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Nobody could say: the peer may try again.
     *
     * @param reason for the log, never for the peer
     */
    record Unavailable(String reason) implements Verdict {
        /** Checks that there is a reason. */
        public Unavailable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
