package org.outpost.gateway.channel;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Who opened a channel to which device, by which way.
 *
 * @param device its UUID; the nil UUID when it is only known by an address of the local network
 * @param name what it is called; what was asked for where it has no other name
 * @param port of the device, 1 to 65535
 * @param tunnel the number of the tunnel it goes through; empty over the local network
 * @param door where the console came in; {@link #SERVER} when this server opened it by itself
 * @param means what it is for
 * @param user as the door knows them; empty where it asks nobody, or where nobody is behind it
 * @param address where the console connected from; null when this server opened it by itself
 */
public record ChannelUse(
        UUID device,
        String name,
        int port,
        OptionalLong tunnel,
        String door,
        Means means,
        String user,
        @Nullable InetSocketAddress address) {
    /** Stands for a door where this server itself opened the channel. */
    public static final String SERVER = "server";

    /** The API, and browsers at its relay. */
    public static final String WEB = "web";
}
