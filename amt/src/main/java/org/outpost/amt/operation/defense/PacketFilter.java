package org.outpost.amt.operation.defense;

import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.xml.Element;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A filter of System Defense: which packets, and what happens to them. */
public sealed interface PacketFilter {
    /** What they have in common. */
    Action action();

    /** As an instance to be created. */
    Element element();

    /** Of this class. */
    AmtClass type();

    /**
     * What happens to a packet that matches.
     *
     * @param name the filter's name, up to 16 characters
     * @param received whether it looks at received packets; else at sent ones
     * @param profile what happens
     * @param packetsPerSecond for {@link FilterProfile#RATE_LIMIT}
     * @param event whether a match makes an event
     */
    record Action(
            String name,
            boolean received,
            FilterProfile profile,
            OptionalInt packetsPerSecond,
            boolean event) {
        /** Checks the name and the rate. */
        public Action {
            if (name.isEmpty() || name.length() > 16) {
                throw new IllegalArgumentException("a filter's name has 1 to 16 characters");
            }
            boolean limits = profile == FilterProfile.RATE_LIMIT;
            if (limits != packetsPerSecond.isPresent() || packetsPerSecond.orElse(1) < 1) {
                throw new IllegalArgumentException(
                        "a rate limit needs a number of packets a second, other filters none");
            }
        }

        private List<Element> elements(String namespace) {
            List<Element> inside = new ArrayList<>();
            inside.add(Element.of(namespace, "Name", name));
            inside.add(Element.of(namespace, "ActionEventOnMatch", Boolean.toString(event)));
            inside.add(Element.of(namespace, "FilterDirection", received ? "1" : "0"));
            inside.add(Element.of(namespace, "FilterProfile", Integer.toString(profile.number())));
            packetsPerSecond.ifPresent(
                    rate ->
                            inside.add(
                                    Element.of(
                                            namespace,
                                            "FilterProfileData",
                                            Integer.toString(rate))));
            return inside;
        }
    }

    /**
     * By the Ethernet header.
     *
     * @param action what happens
     * @param etherType which protocol; 0800h IPv4, 0806h ARP, 86DDh IPv6
     */
    record Ethernet(Action action, int etherType) implements PacketFilter {
        /** Checks the type. */
        public Ethernet {
            if (etherType < 0 || etherType > 0xFFFF) {
                throw new IllegalArgumentException("an Ethernet type has 16 bits");
            }
        }

        @Override
        public AmtClass type() {
            return AmtClass.of("AMT_Hdr8021Filter");
        }

        @Override
        public Element element() {
            List<Element> inside = action.elements(type().uri());
            inside.add(Element.of(type().uri(), "HdrProtocolID8021", Integer.toString(etherType)));
            return instance(type(), inside);
        }
    }

    /**
     * By the IP header; what is empty matches anything.
     *
     * @param action what happens
     * @param version 4 or 6
     * @param protocol 6 TCP, 17 UDP
     * @param source the sender's address
     * @param destination the receiver's address
     * @param sourcePorts the sender's ports
     * @param destinationPorts the receiver's ports
     */
    record Ip(
            Action action,
            int version,
            OptionalInt protocol,
            Optional<InetAddress> source,
            Optional<InetAddress> destination,
            Optional<Ports> sourcePorts,
            Optional<Ports> destinationPorts)
            implements PacketFilter {
        /** Checks version and protocol. */
        public Ip {
            if (version != 4 && version != 6) {
                throw new IllegalArgumentException("the version of IP is 4 or 6");
            }
            if (protocol.orElse(0) < 0 || protocol.orElse(0) > 255) {
                throw new IllegalArgumentException("an IP protocol is 0 to 255");
            }
        }

        @Override
        public AmtClass type() {
            return AmtClass.of("AMT_IPHeadersFilter");
        }

        @Override
        public Element element() {
            List<Element> inside = action.elements(type().uri());
            add(inside, "HdrIPVersion", version);
            protocol.ifPresent(number -> add(inside, "HdrProtocolID", number));
            address(inside, "HdrSrcAddress", source);
            address(inside, "HdrDestAddress", destination);
            ports(inside, "HdrSrcPort", sourcePorts);
            ports(inside, "HdrDestPort", destinationPorts);
            return instance(type(), inside);
        }

        private void add(List<Element> inside, String property, int value) {
            inside.add(Element.of(type().uri(), property, Integer.toString(value)));
        }

        /** Octet strings of this class are hexadecimal. */
        private void address(List<Element> inside, String property, Optional<InetAddress> value) {
            value.ifPresent(
                    one ->
                            inside.add(
                                    Element.of(
                                            type().uri(),
                                            property,
                                            HexFormat.of().formatHex(one.getAddress()))));
        }

        private void ports(List<Element> inside, String property, Optional<Ports> value) {
            value.ifPresent(
                    one -> {
                        add(inside, property + "Start", one.first());
                        add(inside, property + "End", one.last());
                    });
        }
    }

    /**
     * A range of ports.
     *
     * @param first the first, 0 to 65535
     * @param last the last, not before the first
     */
    record Ports(int first, int last) {
        /** Checks the range. */
        public Ports {
            if (first < 0 || last > 0xFFFF || first > last) {
                throw new IllegalArgumentException("a range of ports lies in 0 to 65535");
            }
        }
    }

    private static Element instance(AmtClass type, List<Element> inside) {
        inside.sort(Comparator.comparing(Element::local));
        return Element.of(type.uri(), type.name(), inside);
    }
}
