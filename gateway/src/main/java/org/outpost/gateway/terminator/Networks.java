package org.outpost.gateway.terminator;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Ranges of addresses. Immutable. */
public final class Networks {
    /** No address is in it. */
    public static final Networks NONE = new Networks(List.of());

    private final List<IpSubnetFilterRule> ranges;

    private Networks(List<IpSubnetFilterRule> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * Reads ranges.
     *
     * @param ranges as CIDR, {@code 10.0.0.0/8} or {@code 2001:db8::/32}, or single addresses
     * @throws IllegalArgumentException when one is neither; the message names it
     */
    public static Networks of(List<String> ranges) {
        return new Networks(ranges.stream().map(Networks::range).toList());
    }

    /** {@link #of(List)}. */
    public static Networks of(String... ranges) {
        return of(List.of(ranges));
    }

    /** Whether the address is in one of the ranges. */
    public boolean contains(InetAddress address) {
        InetSocketAddress socket = new InetSocketAddress(address, 0);
        return ranges.stream().anyMatch(range -> range.matches(socket));
    }

    /** Whether there is no range at all. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    @Override
    public String toString() {
        return ranges.toString();
    }

    private static IpSubnetFilterRule range(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean four = NetUtil.isValidIpV4Address(address);
        // Checked first, because the rule would ask the DNS for anything else.
        if (!four && !NetUtil.isValidIpV6Address(address)) {
            throw new IllegalArgumentException("not a network: " + text);
        }
        int longest = four ? 32 : 128;
        try {
            int prefix = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > longest) {
                throw new IllegalArgumentException("not a network: " + text);
            }
            return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a network: " + text, e);
        }
    }
}
