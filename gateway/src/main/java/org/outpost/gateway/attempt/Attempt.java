package org.outpost.gateway.attempt;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One connection to the tunnel door, as it stood when something became of it. No component holds a
 * password.
 *
 * @param time when that was
 * @param address where the connection comes from
 * @param reached how far it came
 * @param outcome what became of it
 * @param detail in a few words, at most {@value #LONGEST_TEXT} characters; may be empty, and may
 *     hold text of the peer
 * @param device the UUID that identifies the device: its {@code DeviceKey.id()} once it was let in,
 *     the announced one before; null when none was announced
 * @param admitted whether good credentials stand behind {@code device}
 * @param user the user name as it was shown, empty when none was; at most {@value #LONGEST_TEXT}
 *     characters
 * @param name the host name it announced, or empty
 * @param tls the version of TLS agreed on, else the newest one offered; empty when neither is known
 * @param tunnel the tunnel's number; 0 when there was none
 * @param lasted from the accepted connection until now
 */
public record Attempt(
        Instant time,
        InetSocketAddress address,
        Step reached,
        Outcome outcome,
        String detail,
        @Nullable UUID device,
        boolean admitted,
        String user,
        String name,
        String tls,
        long tunnel,
        Duration lasted) {
    /** What is kept of a text that a peer chose. */
    public static final int LONGEST_TEXT = 200;

    /** Cuts what is too long. */
    public Attempt {
        detail = cut(detail);
        user = cut(user);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }
}
