package org.outpost.inventory.attempt;

import java.net.InetAddress;

/**
 * A range of addresses to look for.
 *
 * @param network any address in it
 * @param prefix how many leading bits count: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record AddressRange(InetAddress network, int prefix) {
    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int bits = network.getAddress().length * 8;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("the prefix must be 0 to " + bits);
        }
        return new AddressRange(network, prefix);
    }

    /** Whether a source has an address in it. */
    boolean meets(Source source) {
        return sameBits(source.network(), Math.min(prefix, source.prefix()));
    }

    /** Whether an address is in it. */
    public boolean contains(InetAddress address) {
        return sameBits(address, prefix);
    }

    private boolean sameBits(InetAddress other, int common) {
        byte[] ours = network.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < common; bit += 8) {
            int left = Math.min(8, common - bit);
            int mask = 0xFF << (8 - left) & 0xFF;
            if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
