package org.outpost.gateway.attempt;

/**
 * Hears how connections to the tunnel door fare. A port: the data plane tells, others remember.
 *
 * <p>Each connection is told of once at its end, and those that became tunnels once more before
 * that, with {@link Outcome#CONNECTED}. A tunnel may be told of between those two, for what is
 * worth remembering about its name.
 */
public interface AttemptListener {
    /** Hears nothing. */
    AttemptListener NONE = _ -> {};

    /** Called on event loops, in the order of what happened to the connection: must not block. */
    void noted(Attempt attempt);

    /** One that tells several, in this order. */
    static AttemptListener all(AttemptListener... listeners) {
        AttemptListener[] all = listeners.clone();
        return attempt -> {
            for (AttemptListener listener : all) {
                listener.noted(attempt);
            }
        };
    }
}
