package org.outpost.gateway.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host name. May block. */
@FunctionalInterface
public interface NameResolver {
    /** The operating system's. */
    NameResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * Looks a name up.
     *
     * @param host a name or an address in digits
     * @return at least one address
     * @throws UnknownHostException when it has none, or nobody can say
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
