package org.outpost.inventory.notification.delivery;

import org.apache.hc.client5.http.DnsResolver;
import org.outpost.gateway.egress.Decision;
import org.outpost.gateway.egress.EgressPolicy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * The client's only way to an address: asks the egress policy, and hands out what that allowed.
 * Asked for each new connection, so a change of the policy or of the name counts from then on.
 */
final class AllowedAddresses implements DnsResolver {
    private final EgressPolicy policy;

    AllowedAddresses(EgressPolicy policy) {
        this.policy = policy;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        return switch (policy.decide(host, port).toCompletableFuture().join()) {
            case Decision.Allowed allowed -> allowed.addresses();
            case Decision.Refused refused -> throw new UnknownHostException(refused.reason());
        };
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw new UnknownHostException("the port must be known, too");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
