package org.outpost.gateway.tunnel;

import java.util.List;

/**
 * What a device has announced in its tunnel; all of it claims.
 *
 * @param name the host name announced last; empty when there was none
 * @param names all plausible host names, in the order they came
 * @param addresses its own addresses in digits
 * @param ports the ports it forwards to us, in ascending order
 */
public record Announced(
        String name, List<String> names, List<String> addresses, List<Integer> ports) {
    /** Nothing yet. */
    public static final Announced NOTHING = new Announced("", List.of(), List.of(), List.of());

    /** Keeps its own copies. */
    public Announced {
        names = List.copyOf(names);
        addresses = List.copyOf(addresses);
        ports = List.copyOf(ports);
    }
}
