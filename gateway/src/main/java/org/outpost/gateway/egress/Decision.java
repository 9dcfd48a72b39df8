package org.outpost.gateway.egress;

import java.net.InetSocketAddress;
import java.util.List;

/** What the {@link EgressPolicy} says about a destination. */
public sealed interface Decision {
    /**
     * It may be connected to, at these addresses and no others: they were checked, a second look-up
     * may answer differently.
     *
     * @param addresses at least one, resolved, in the order to try them; each carries the host name
     *     asked for, as TLS needs it
     */
    record Allowed(List<InetSocketAddress> addresses) implements Decision {
        /** Keeps its own copy. */
        public Allowed {
            addresses = List.copyOf(addresses);
        }

        /** The address to try first. */
        public InetSocketAddress address() {
            return addresses.getFirst();
        }
    }

    /**
     * It may not be connected to.
     *
     * @param reason in plain words for log and operator, with what to do about it
     */
    record Refused(Cause cause, String reason) implements Decision {}

    /** Why a destination is refused. */
    enum Cause {
        /** No entry allows it. */
        NOT_ALLOWED("not_allowed"),
        /** Loopback, link-local, multicast and the like, which only an exact entry opens. */
        SPECIAL_ADDRESS("special_address"),
        /** A door of this server, which only an exact entry opens. */
        OWN_DOOR("own_door"),
        /** The name has no address, or the name service does not answer. */
        UNRESOLVED("unresolved"),
        /** Too many look-ups wait already. */
        BUSY("busy");

        private final String label;

        Cause(String label) {
            this.label = label;
        }

        /** The value of the cause's metric label and log key. */
        public String label() {
            return label;
        }
    }
}
