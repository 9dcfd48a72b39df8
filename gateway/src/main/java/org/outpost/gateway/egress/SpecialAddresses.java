package org.outpost.gateway.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses that reach this machine itself, its link or nobody in particular (RFC 6890), whatever
 * form they are written in: IPv6 has several that carry an IPv4 address inside.
 */
final class SpecialAddresses {
    private SpecialAddresses() {}

    /** What is special about it, in words; empty for an ordinary address. */
    static Optional<String> kind(InetAddress address) {
        return own(address).or(() -> embedded(address).flatMap(SpecialAddresses::own));
    }

    private static Optional<String> own(InetAddress address) {
        int first = Byte.toUnsignedInt(address.getAddress()[0]);
        boolean four = address instanceof Inet4Address;
        if (address.isLoopbackAddress()) {
            return Optional.of("a loopback address");
        }
        if (address.isAnyLocalAddress() || (four && first == 0)) {
            return Optional.of("the unspecified address");
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of("a link-local address");
        }
        if (address.isMulticastAddress()) {
            return Optional.of("a multicast address");
        }
        if (four && first >= 240) {
            return Optional.of("a reserved or broadcast address");
        }
        return Optional.empty();
    }

    /** The IPv4 address inside an IPv6 one, in the forms that a host or a router may unwrap. */
    static Optional<InetAddress> embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != 16) {
            return Optional.empty();
        }
        if (startsWith(bytes, 0x20, 0x02)) {
            return four(bytes, 2); // 6to4, RFC 3056
        }
        if (startsWith(bytes, 0x20, 0x01, 0, 0)) {
            // Teredo, RFC 4380: the client's address, every bit turned over
            byte[] client = Arrays.copyOfRange(bytes, 12, 16);
            for (int i = 0; i < client.length; i++) {
                client[i] = (byte) ~client[i];
            }
            return four(client, 0);
        }
        boolean nat64 = startsWith(bytes, 0, 0x64, 0xff, 0x9b); // RFC 6052 and RFC 8215
        boolean isatap =
                (bytes[8] & 0xfd) == 0
                        && bytes[9] == 0
                        && bytes[10] == 0x5e
                        && bytes[11] == (byte) 0xfe; // RFC 5214
        return nat64 || isatap || isMappedOrCompatible(bytes) ? four(bytes, 12) : Optional.empty();
    }

    /** {@code ::ffff:a.b.c.d}, {@code ::ffff:0:a.b.c.d} and {@code ::a.b.c.d}. */
    private static boolean isMappedOrCompatible(byte[] bytes) {
        for (int i = 0; i < 8; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        int middle =
                (bytes[8] & 0xff) << 24
                        | (bytes[9] & 0xff) << 16
                        | (bytes[10] & 0xff) << 8
                        | (bytes[11] & 0xff);
        return middle == 0 || middle == 0xffff || middle == 0xffff_0000;
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[i] != (byte) prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<InetAddress> four(byte[] bytes, int from) {
        try {
            return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
