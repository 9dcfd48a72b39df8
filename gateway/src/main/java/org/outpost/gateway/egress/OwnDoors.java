package org.outpost.gateway.egress;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses at which this process listens, so that nobody makes the server talk to itself.
 * Thread-safe.
 */
public final class OwnDoors {
    private final Set<InetSocketAddress> doors = ConcurrentHashMap.newKeySet();

    /** Takes down a door that was opened; a wildcard address stands for all of this machine. */
    public void add(InetSocketAddress bound) {
        doors.add(bound);
    }

    /** Whether {@link #contains} would ask the operating system about addresses at this port. */
    boolean asksAbout(int port) {
        return doors.stream()
                .anyMatch(door -> door.getPort() == port && door.getAddress().isAnyLocalAddress());
    }

    /** Asks the operating system about its interfaces, so not for an event loop. */
    boolean contains(InetAddress address, int port) {
        for (InetSocketAddress door : doors) {
            if (door.getPort() == port
                    && (door.getAddress().equals(address)
                            || (door.getAddress().isAnyLocalAddress() && isOurs(address)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOurs(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}
