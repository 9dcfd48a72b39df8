package org.outpost.gateway.route;

import java.net.InetSocketAddress;

/**
 * A client of a door.
 *
 * @param user the name it signed in with; empty when the door asks for none
 * @param address where it connected from
 */
public record Console(String user, InetSocketAddress address) {}
