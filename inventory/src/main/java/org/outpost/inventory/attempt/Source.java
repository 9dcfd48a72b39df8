package org.outpost.inventory.attempt;

import io.netty.util.NetUtil;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where connections come from, as the ledger counts them: an IPv4 address, or the /64 of an IPv6
 * address, which one household or attacker has whole.
 *
 * @param network the address; of IPv6 its first 64 bits, the rest being zero
 */
public record Source(InetAddress network) {
    private static final int IPV6_BYTES = 16;
    private static final int COUNTED_BYTES = 8;

    /** The source of a connection from this address. */
    public static Source of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == IPV6_BYTES) {
            Arrays.fill(bytes, COUNTED_BYTES, IPV6_BYTES, (byte) 0);
        }
        try {
            // Without the scope that a link-local address may have.
            return new Source(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the length is that of an address", e);
        }
    }

    /** Reads what {@link #toString()} wrote. */
    static Source parse(String text) {
        int slash = text.indexOf('/');
        return new Source(InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)));
    }

    /** How many leading bits of {@link #network()} count. */
    int prefix() {
        return network.getAddress().length == IPV6_BYTES ? COUNTED_BYTES * 8 : 32;
    }

    /** Such as {@code 203.0.113.7} or {@code 2001:db8:1:2::/64}. */
    @Override
    public String toString() {
        String text = NetUtil.toAddressString(network);
        return network.getAddress().length == IPV6_BYTES ? text + "/64" : text;
    }
}
