package org.outpost.server.serve;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.egress.OwnDoors;
import org.outpost.gateway.lan.LanDirectory;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.transport.Transport;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.binding.Subnet;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/** The route into the local network, from the configuration. */
final class Lan implements AutoCloseable {
    private final OwnDoors ownDoors = new OwnDoors();
    private final Directory directory;
    private final @Nullable EgressPolicy policy;

    Lan(Configuration configuration, Transport transport, Directory tunnels) {
        List<String> networks =
                configuration.lan().networks().stream().map(Subnet::toString).toList();
        if (networks.isEmpty()) {
            policy = null;
            directory = tunnels;
            return;
        }
        Set<Integer> ports = Set.copyOf(configuration.console().devicePorts());
        EgressPolicy allowed = new EgressPolicy(LanDirectory.rules(networks, ports), ownDoors);
        policy = allowed;
        directory =
                new LanDirectory(tunnels, allowed, transport, ports, configuration.lan().connect());
    }

    /** Knows tunnels, and the local network where that is on. */
    Directory directory() {
        return directory;
    }

    void ownDoors(List<InetSocketAddress> bound) {
        bound.forEach(ownDoors::add);
    }

    @Override
    public void close() {
        EgressPolicy allowed = policy;
        if (allowed != null) {
            allowed.close();
        }
    }
}
