package org.outpost.server.why;

import java.util.List;

/**
 * What the advice must know of this server.
 *
 * @param name the name by which devices call it
 * @param roots our root certificates, such as {@code data/ca.crt (SHA-256 AB:CD:...)}; one or more
 * @param doors the tunnel listeners, such as {@code port 4433 (tls: modern)}
 * @param legacyDoor whether one of them speaks TLS 1.0
 */
public record Facts(String name, List<String> roots, List<String> doors, boolean legacyDoor) {
    /** Keeps its own copies. */
    public Facts {
        roots = List.copyOf(roots);
        doors = List.copyOf(doors);
    }

    String root() {
        return String.join(" or ", roots);
    }

    String allDoors() {
        return String.join(", ", doors);
    }
}
