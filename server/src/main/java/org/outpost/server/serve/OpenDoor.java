package org.outpost.server.serve;

import io.netty.util.NetUtil;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A door that listens.
 *
 * @param name as in the configuration
 * @param detail such as the TLS profile; may be empty
 */
public record OpenDoor(String name, String detail, List<InetSocketAddress> addresses) {
    public OpenDoor {
        addresses = List.copyOf(addresses);
    }

    @Override
    public String toString() {
        String where =
                addresses.stream()
                        .map(NetUtil::toSocketAddressString)
                        .collect(Collectors.joining(", "));
        return name + " " + where + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
