package org.outpost.server.web;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;

import org.outpost.server.configuration.binding.Subnet;

import java.net.InetSocketAddress;
import java.util.List;

/** Where users of the API may come from. */
final class AllowList {
    private final List<IpSubnetFilterRule> allowed;

    /**
     * A list of ranges.
     *
     * @param ranges empty for anywhere
     */
    AllowList(List<Subnet> ranges) {
        this.allowed =
                ranges.stream()
                        .map(
                                range ->
                                        new IpSubnetFilterRule(
                                                range.address(),
                                                range.prefix(),
                                                IpFilterRuleType.ACCEPT))
                        .toList();
    }

    /** Whether somebody may come from there. */
    boolean allows(InetSocketAddress peer) {
        return allowed.isEmpty() || allowed.stream().anyMatch(rule -> rule.matches(peer));
    }
}
