package org.outpost.gateway.tunnel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one device announced with its forwards: ports, its name, its addresses. All are claims. Only
 * the connection's loop uses it.
 */
final class Announcements {
    private static final Logger log = LoggerFactory.getLogger(Announcements.class);
    private static final int MOST_ADDRESSES = 8;
    private static final int MOST_NAMES = 8;

    private final TunnelContext context;
    private final AttemptTrail trail;
    private final ForwardedPorts ports;
    private final Set<String> addresses = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();

    Announcements(TunnelContext context, AttemptTrail trail, ForwardedPorts ports) {
        this.context = context;
        this.trail = trail;
        this.ports = ports;
    }

    /**
     * The tunnel's device forwards a port, under a name or an address.
     *
     * @return false when the port is none, or one too many
     */
    boolean forward(Tunnel open, String announcedAddress, int port) {
        if (port == 0 || !ports.add(port)) {
            return false;
        }
        if (AnnouncedName.isPlausible(announcedAddress)) {
            if (!announcedAddress.equals(open.name())) {
                context.registry().name(open, announcedAddress);
                context.register().named(open.device(), announcedAddress);
                warnOfSharedName(open);
                if (names.size() < MOST_NAMES && names.add(announcedAddress)) {
                    publish(open);
                }
            }
        } else if (AnnouncedName.isAddress(announcedAddress) && addresses.size() < MOST_ADDRESSES) {
            String literal = TunnelDirectory.canonical(announcedAddress);
            if (addresses.add(literal)) {
                context.registry().announceAddress(open, literal);
                publish(open);
            }
        }
        return true;
    }

    private void publish(Tunnel open) {
        open.setAnnounced(
                new Announced(open.name(), List.copyOf(names), List.copyOf(addresses), List.of()));
    }

    private void warnOfSharedName(Tunnel open) {
        Set<Tunnel> namesakes = context.registry().named(AnnouncedName.key(open.name()));
        if (namesakes.size() <= 1) {
            return;
        }
        trail.nameShared(others(open, namesakes));
        if (context.notices().first("name " + open.name())) {
            log.atWarn()
                    .addKeyValue("name", open.name())
                    .addKeyValue("devices", namesakes.stream().map(t -> t.device().id()).toList())
                    .log("several connected devices claim one name; reach them by UUID");
        }
    }

    private static String others(Tunnel open, Set<Tunnel> namesakes) {
        return namesakes.stream()
                .filter(tunnel -> tunnel != open)
                .map(tunnel -> tunnel.device().id().toString())
                .limit(3)
                .collect(Collectors.joining(", "));
    }

    /** The device takes a port back; false when it had not forwarded it. */
    boolean cancel(int port) {
        return ports.remove(port);
    }

    /** The ports. */
    ForwardedPorts ports() {
        return ports;
    }

    /** The address literals that consoles may use for this device. */
    Set<String> addresses() {
        return addresses;
    }
}
