package org.outpost.gateway.door;

import org.outpost.gateway.route.Resolution.Candidate;

import java.util.List;

/** A console could not be joined to a device. Has no stack trace: it is an ordinary outcome. */
public final class ConnectFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final ConnectFailure failure;
    private final transient List<Candidate> candidates;

    ConnectFailedException(ConnectFailure failure, String sentence, List<Candidate> candidates) {
        super(sentence, null, false, false);
        this.failure = failure;
        this.candidates = List.copyOf(candidates);
    }

    /** The cause. */
    public ConnectFailure failure() {
        return failure;
    }

    /** What happened and what to do, for the person at the console; printable ASCII. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** The devices that were meant, when {@link ConnectFailure#AMBIGUOUS}; else empty. */
    public List<Candidate> candidates() {
        return candidates;
    }
}
