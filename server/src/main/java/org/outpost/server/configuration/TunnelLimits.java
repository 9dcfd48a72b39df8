package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

/** Limits on tunnels. */
public record TunnelLimits(
        @Doc("Tunnels at once; 0 for no limit.") @Default("20000") @Range(min = 0, max = 1000000)
                int tunnels,
        @Doc(
                        "New connections per second from one address, 0 for no limit. A whole site"
                                + " may call from one address, and a device that is refused stays"
                                + " away for a quarter of an hour.")
                @Default("0")
                @Range(min = 0, max = 1000000)
                int newConnectionsPerAddressPerSecond,
        @Doc("Connections at once from one address; 0 for no limit.")
                @Default("0")
                @Range(min = 0, max = 1000000)
                int connectionsPerAddress,
        @Doc("Connections at once that are signing in; further ones wait. 0 for no limit.")
                @Default("2000")
                @Range(min = 0, max = 1000000)
                int handshakesInFlight,
        @Doc("Channels at once to one device. Firmware has about eight.")
                @Default("8")
                @Range(min = 1, max = 4096)
                int channelsPerDevice,
        @Doc("Opens that wait for a free channel of one device.")
                @Default("256")
                @Range(min = 0, max = 100000)
                int waitingOpensPerDevice) {}
