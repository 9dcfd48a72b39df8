package org.outpost.gateway.door;

import org.outpost.gateway.route.Console;

/**
 * Where a console wants to go.
 *
 * @param target the UUID, name or address literal (without brackets) that it gave
 * @param port the AMT port
 * @param console who asks
 * @param expiresAt the {@link System#nanoTime()} by which it has its answer
 */
public record Destination(String target, int port, Console console, long expiresAt) {
    long nanosLeft() {
        return Math.max(0, expiresAt - System.nanoTime());
    }

    /** The target as logs and answers may show it. */
    String shown() {
        return PeerText.escape(target);
    }
}
