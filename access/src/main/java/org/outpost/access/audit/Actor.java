package org.outpost.access.audit;

/**
 * Who acts. Longer values are cut, for they may come from people who are not signed in.
 *
 * @param user the user's name, or what was typed as such; empty where there is none; at most 256
 *     characters
 * @param method how the user signed in, such as {@code password}, {@code token}, {@code oidc}; at
 *     most 32 characters
 * @param address whence, an IP address; empty for what happens inside; at most 64 characters
 */
public record Actor(String user, String method, String address) {
    /** The server itself. */
    public static final Actor SYSTEM = new Actor("", "system", "");

    /** Makes the texts storable. */
    public Actor {
        user = AuditText.bounded(user, 256);
        method = AuditText.bounded(method, 32);
        address = AuditText.bounded(address, 64);
    }
}
