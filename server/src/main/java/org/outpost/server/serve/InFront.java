package org.outpost.server.serve;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.terminator.Networks;
import org.outpost.gateway.terminator.ProxyProtocol;
import org.outpost.server.configuration.ProxyProtocolSettings;
import org.outpost.server.configuration.binding.Subnet;

import java.util.List;

/** What stands in front of a listener, from the configuration. */
final class InFront {
    private InFront() {}

    static Networks networks(List<Subnet> ranges) {
        return Networks.of(ranges.stream().map(Subnet::toString).toList());
    }

    /** Null when nobody speaks for others. */
    static @Nullable ProxyProtocol of(ProxyProtocolSettings settings) {
        return settings.from().isEmpty()
                ? null
                : new ProxyProtocol(
                        networks(settings.from()), settings.deadline(), settings.certificateTlv());
    }
}
