package org.outpost.gateway.route;

import java.util.List;
import java.util.UUID;

/** What the directory made of the name that a console gave. */
public sealed interface Resolution {
    /** One device is meant, and it can be reached. */
    record Reachable(UUID device, String name, Route route) implements Resolution {}

    /** One device is meant; it is known, but no route leads to it now. */
    record Offline(UUID device, String name) implements Resolution {}

    /** No device that the asker may see bears this name, UUID or address. */
    record Unknown() implements Resolution {}

    /**
     * Several devices bear the name.
     *
     * @param candidates those of them that the asker may see
     */
    record Ambiguous(List<Candidate> candidates) implements Resolution {
        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * The asker may not go there: for instance an address literal that no device announced and no
     * LAN route covers.
     *
     * @param reason one plain sentence for the person who asked
     */
    record NotAllowed(String reason) implements Resolution {}

    /** One of several devices with the same name. */
    record Candidate(UUID device, String name, boolean connected) {}
}
