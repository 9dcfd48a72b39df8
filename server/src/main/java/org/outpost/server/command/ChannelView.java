package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A channel to a device as the API tells it.
 *
 * @param id its number
 * @param guid the device; null when it is only known by its address in the local network
 * @param hostname what it is called
 * @param port of the device
 * @param route {@code tunnel} or {@code lan}
 * @param tunnel number of the tunnel
 * @param door where the console came in, or {@code server}
 * @param means what it is for
 * @param user as the door knows them
 * @param address where the console connected from
 */
record ChannelView(
        String id,
        @Nullable String guid,
        String hostname,
        int port,
        String route,
        @Nullable String tunnel,
        String door,
        String means,
        String user,
        String address,
        @Nullable Instant since,
        long bytesToDevice,
        long bytesToConsole,
        long bytesToDevicePerSecond,
        long bytesToConsolePerSecond) {

    /** What people call the device. */
    String name() {
        return hostname.isEmpty() ? (guid == null ? "-" : guid) : hostname;
    }

    /** By which way. */
    String way() {
        return tunnel == null ? route : route + " " + tunnel;
    }
}
