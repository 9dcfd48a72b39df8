package org.outpost.server.configuration.binding;

import java.net.InetAddress;

/**
 * A range of addresses.
 *
 * @param address any address in it
 * @param prefix how many leading bits count: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Subnet(InetAddress address, int prefix) {
    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static Subnet parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int bits = address.getAddress().length * 8;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("the prefix must be 0 to " + bits);
        }
        return new Subnet(address, prefix);
    }

    /** Whether any address is in both. */
    public boolean overlaps(Subnet other) {
        byte[] mine = address.getAddress();
        byte[] others = other.address.getAddress();
        if (mine.length != others.length) {
            return false;
        }
        int common = Math.min(prefix, other.prefix);
        for (int bit = 0; bit < common; bit++) {
            int mask = 1 << (7 - bit % 8);
            if (((mine[bit / 8] ^ others[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
