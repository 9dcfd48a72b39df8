package org.outpost.gateway.lan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.netty.util.NetUtil;

import org.outpost.gateway.egress.Decision;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.egress.EgressRule;
import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.route.Resolution;
import org.outpost.gateway.transport.Transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A directory that also leads to devices of the local network: by address, or by a name whose
 * address lies in one of the configured networks. A device that is connected by a tunnel is reached
 * through that; this directory steps in only where the other knows no way.
 *
 * <p>A name is looked up off the event loops, once for each connection; the address that was
 * checked is the one that is connected to.
 */
public final class LanDirectory implements Directory {
    private static final UUID NOT_KNOWN = new UUID(0, 0);
    private static final int REMEMBERED = 10_000;

    private final Directory tunnels;
    private final EgressPolicy policy;
    private final Transport transport;
    private final Duration connect;
    private final int anyPort;
    private final Cache<InetAddress, LanRoute> routes =
            Caffeine.newBuilder()
                    .maximumSize(REMEMBERED)
                    .expireAfterAccess(Duration.ofHours(1))
                    .build();

    /**
     * Makes the directory.
     *
     * @param tunnels is asked first
     * @param policy made of {@link #rules}; the caller closes it
     * @param ports the device ports, at least one
     * @param connect for a connection to a device
     */
    public LanDirectory(
            Directory tunnels,
            EgressPolicy policy,
            Transport transport,
            Set<Integer> ports,
            Duration connect) {
        this.tunnels = tunnels;
        this.policy = policy;
        this.transport = transport;
        this.connect = connect;
        this.anyPort = ports.iterator().next();
    }

    /**
     * What the policy has to allow: each device port in each network. A network of one loopback or
     * link-local address so names that very address.
     *
     * @param networks as CIDR, {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or single addresses
     */
    public static List<EgressRule> rules(List<String> networks, Set<Integer> ports) {
        return networks.stream()
                .flatMap(
                        network ->
                                ports.stream()
                                        .map(port -> EgressRule.parse(bracketed(network) + port)))
                .toList();
    }

    private static String bracketed(String network) {
        return network.indexOf(':') < 0 ? network + ":" : "[" + network + "]:";
    }

    @Override
    public CompletionStage<Resolution> resolve(String target, Console asker) {
        return tunnels.resolve(target, asker)
                .thenCompose(
                        known ->
                                switch (known) {
                                    case Resolution.Reachable _, Resolution.Ambiguous _ ->
                                            CompletableFuture.completedFuture(known);
                                    case Resolution.Unknown _ -> inLan(target, NOT_KNOWN, known);
                                    case Resolution.NotAllowed _ -> inLan(target, NOT_KNOWN, known);
                                    case Resolution.Offline offline ->
                                            isUuidOf(target, offline)
                                                    ? CompletableFuture.completedFuture(known)
                                                    : inLan(target, NOT_KNOWN, known);
                                });
    }

    /**
     * Its names are claims of its own: another machine may bear them in the DNS. So what is found
     * there is nobody's device in particular, and rights to the one that claims the name do not
     * count.
     */
    private static boolean isUuidOf(String target, Resolution.Offline offline) {
        return target.equalsIgnoreCase(offline.device().toString());
    }

    private CompletionStage<Resolution> inLan(String target, UUID device, Resolution otherwise) {
        return policy.decide(target, anyPort)
                .thenApply(
                        decision ->
                                switch (decision) {
                                    case Decision.Allowed allowed ->
                                            new Resolution.Reachable(
                                                    device,
                                                    target,
                                                    route(allowed.address().getAddress()));
                                    case Decision.Refused _ -> refused(target, otherwise);
                                });
    }

    private static Resolution refused(String target, Resolution otherwise) {
        return otherwise instanceof Resolution.NotAllowed && isAddress(target)
                ? new Resolution.NotAllowed(
                        "No device announced this address, and it is in none of the networks that"
                                + " \"lan\" names; use the device's name or UUID.")
                : otherwise;
    }

    private static boolean isAddress(String target) {
        return NetUtil.isValidIpV4Address(target) || NetUtil.isValidIpV6Address(target);
    }

    private LanRoute route(InetAddress address) {
        return routes.get(address, to -> new LanRoute(transport, policy, to, connect));
    }
}
