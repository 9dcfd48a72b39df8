package org.outpost.server.why;

import java.util.List;

/**
 * What the advice must know of this server.
 *
 * @param name the name by which devices call it
 * @param authority the file with our root certificate
 * @param fingerprint the root's SHA-256 fingerprint in pairs of digits, or why it is not known
 * @param doors the tunnel listeners, such as {@code port 4433 (tls: modern)}
 * @param legacyDoor whether one of them speaks TLS 1.0
 */
public record Facts(
        String name, String authority, String fingerprint, List<String> doors, boolean legacyDoor) {
    /** Keeps its own copy. */
    public Facts {
        doors = List.copyOf(doors);
    }

    String root() {
        return authority + " (SHA-256 " + fingerprint + ")";
    }

    String allDoors() {
        return String.join(", ", doors);
    }
}
