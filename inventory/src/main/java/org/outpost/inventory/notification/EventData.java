package org.outpost.inventory.notification;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What an event says besides its kind, its device and its time. */
public sealed interface EventData {
    /**
     * Of a device that came or went. Names, ports and addresses are what the device announced:
     * claims.
     *
     * @param uuid how we call the device
     * @param announcedUuid what it calls itself; differs for boards without a UUID of their own
     * @param name its host name; empty when it never announced one
     * @param names all names announced in this tunnel
     * @param addresses its own addresses in digits, as announced
     * @param ports the ports that it forwards to us
     * @param remoteAddress where it called from: address and port
     * @param trigger why it called in: {@code user}, {@code alert}, {@code provisioning}, {@code
     *     periodic}, {@code local}, or the number (apf.md §2.3)
     * @param tunnel the number of its tunnel in the process that recorded it
     * @param principal the credential it signed in with
     * @param reason why it is gone: a label of {@code DisconnectCause}, or {@link #SERVER_LOST};
     *     null of a connection
     */
    record Presence(
            UUID uuid,
            UUID announcedUuid,
            String name,
            List<String> names,
            List<String> addresses,
            List<Integer> ports,
            String remoteAddress,
            String trigger,
            long tunnel,
            String principal,
            @Nullable String reason)
            implements EventData {
        /** The server ended without notice while the device was connected. */
        public static final String SERVER_LOST = "server_lost";

        /** Keeps its own copies. */
        public Presence {
            names = List.copyOf(names);
            addresses = List.copyOf(addresses);
            ports = List.copyOf(ports);
        }

        /** The same, gone for a reason. */
        public Presence gone(String because) {
            return new Presence(
                    uuid,
                    announcedUuid,
                    name,
                    names,
                    addresses,
                    ports,
                    remoteAddress,
                    trigger,
                    tunnel,
                    principal,
                    because);
        }

        /** The same under another name. */
        public Presence named(String other) {
            return new Presence(
                    uuid,
                    announcedUuid,
                    other,
                    names.isEmpty() && !other.isEmpty() ? List.of(other) : names,
                    addresses,
                    ports,
                    remoteAddress,
                    trigger,
                    tunnel,
                    principal,
                    reason);
        }
    }

    /**
     * Of what a device reported itself.
     *
     * @param uuid how we call the device
     * @param name its host name; empty when it has none
     * @param kind how it came, such as {@code pet} or {@code ws-event}
     * @param details what it said; only text, numbers, booleans, lists and maps
     */
    record Alert(UUID uuid, String name, String kind, Map<String, Object> details)
            implements EventData {
        /** Keeps its own copy. */
        public Alert {
            details = Map.copyOf(details);
        }
    }
}
