package org.outpost.gateway.egress;

import io.netty.util.NetUtil;

import org.outpost.gateway.egress.Decision.Allowed;
import org.outpost.gateway.egress.Decision.Cause;
import org.outpost.gateway.egress.Decision.Refused;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Decides about everything that the server connects to on somebody's word: hooks, channels and
 * datagrams of devices, addresses in certificates (design §5). A name is resolved once, what came
 * out is checked, and exactly that is to be connected to; so a name service that changes its mind
 * gains nothing. Whoever connects follows no redirects.
 *
 * <p>Nothing is allowed without an entry. Loopback, link-local, multicast and unspecified
 * addresses, in any form, and this server's own doors need an entry that names that very address
 * and port; a host name or a range that happens to cover them does not count.
 *
 * <p>Thread-safe.
 */
public final class EgressPolicy implements AutoCloseable {
    private static final int RESOLVERS = 8;
    private static final int WAITING = 256;
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String HOW =
            "; to allow it, add an entry to egress.allow in the configuration, such as ";

    private volatile List<EgressRule> rules;
    private final OwnDoors ownDoors;
    private final NameResolver resolver;
    private final Duration deadline;
    private final ThreadPoolExecutor lookUps;

    /** A policy over the operating system's name service. */
    public EgressPolicy(List<EgressRule> rules, OwnDoors ownDoors) {
        this(rules, ownDoors, NameResolver.SYSTEM, DEADLINE);
    }

    /**
     * A policy over any name service.
     *
     * @param deadline for one look-up, waiting for its turn included
     */
    public EgressPolicy(
            List<EgressRule> rules, OwnDoors ownDoors, NameResolver resolver, Duration deadline) {
        this.rules = List.copyOf(rules);
        this.ownDoors = ownDoors;
        this.resolver = resolver;
        this.deadline = deadline;
        // Platform threads: a look-up sits in native code and would hold a virtual thread's
        // carrier.
        this.lookUps =
                new ThreadPoolExecutor(
                        RESOLVERS,
                        RESOLVERS,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        Thread.ofPlatform().name("outpost-egress-", 1).daemon().factory());
        lookUps.allowCoreThreadTimeOut(true);
    }

    /** Puts these rules in the place of the former; they count for decisions from now on. */
    public void replaceRules(List<EgressRule> others) {
        rules = List.copyOf(others);
    }

    /**
     * Decides, without blocking the caller.
     *
     * @param host a name or an address in digits, an IPv6 one with or without brackets
     * @param port 1 to 65535
     * @return completes within the deadline, never exceptionally, on any thread
     */
    public CompletionStage<Decision> decide(String host, int port) {
        String bare =
                host.startsWith("[") && host.endsWith("]")
                        ? host.substring(1, host.length() - 1)
                        : host;
        if (port < 1 || port > 65535 || bare.isEmpty()) {
            return decided(
                    new Refused(Cause.NOT_ALLOWED, host + ":" + port + " is no destination"));
        }
        if (NetUtil.isValidIpV4Address(bare) || NetUtil.isValidIpV6Address(bare)) {
            // Who decides here may be an event loop: names that hang keep no address waiting, but
            // a question about this machine's interfaces is not for a loop either.
            return ownDoors.asksAbout(port)
                    ? lookedUp(bare, port)
                    : decided(resolveAndCheck(bare, port));
        }
        if (rules.stream().noneMatch(rule -> rule.mayAllow(bare, port))) {
            // Before anybody is asked: a name can carry data out, or be one that never answers.
            return decided(notAllowed(bare + ":" + port, bare + ":" + port));
        }
        return lookedUp(bare, port);
    }

    private static CompletionStage<Decision> decided(Decision decision) {
        return CompletableFuture.completedFuture(decision);
    }

    private CompletionStage<Decision> lookedUp(String host, int port) {
        CompletableFuture<Decision> answer = new CompletableFuture<>();
        try {
            lookUps.execute(
                    () -> {
                        // Who waited too long for a thread has its answer.
                        if (!answer.isDone()) {
                            answer.complete(resolveAndCheck(host, port));
                        }
                    });
        } catch (RejectedExecutionException e) {
            answer.complete(
                    new Refused(
                            Cause.BUSY,
                            WAITING
                                    + " look-ups of names wait already, so "
                                    + host
                                    + " was not looked up"));
        }
        return answer.completeOnTimeout(
                new Refused(
                        Cause.UNRESOLVED,
                        host + " could not be looked up within " + deadline.toMillis() + " ms"),
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Decides about an address that is known already. May ask the operating system. */
    public Decision decide(InetSocketAddress resolved) {
        InetAddress address = resolved.getAddress();
        return check(resolved.getHostString(), List.of(address), resolved.getPort());
    }

    private Decision resolveAndCheck(String bare, int port) {
        try {
            return check(bare, resolver.resolve(bare), port);
        } catch (UnknownHostException e) {
            return new Refused(Cause.UNRESOLVED, "no address is known for the name " + bare);
        } catch (RuntimeException e) {
            return new Refused(Cause.UNRESOLVED, bare + " could not be looked up: " + e);
        }
    }

    private Decision check(String host, List<InetAddress> addresses, int port) {
        List<InetSocketAddress> allowed = new ArrayList<>();
        Refused refusal = new Refused(Cause.UNRESOLVED, "no address is known for the name " + host);
        for (InetAddress address : addresses) {
            Optional<Refused> objection = objection(host, address, port);
            if (objection.isEmpty()) {
                allowed.add(new InetSocketAddress(named(host, address), port));
            } else {
                refusal = objection.get();
            }
        }
        return allowed.isEmpty() ? refusal : new Allowed(allowed);
    }

    private Optional<Refused> objection(String host, InetAddress address, int port) {
        if (rules.stream().anyMatch(rule -> rule.names(address, port))) {
            return Optional.empty();
        }
        String exact = literal(address) + ":" + port;
        String where = host.equals(address.getHostAddress()) ? exact : host + " (" + exact + ")";
        Optional<String> special = SpecialAddresses.kind(address);
        if (special.isPresent()) {
            return Optional.of(
                    new Refused(
                            Cause.SPECIAL_ADDRESS,
                            where
                                    + " is "
                                    + special.get()
                                    + ", which only an entry with this very"
                                    + " address and port opens"
                                    + HOW
                                    + '"'
                                    + exact
                                    + '"'));
        }
        if (ownDoors.contains(address, port)) {
            return Optional.of(
                    new Refused(
                            Cause.OWN_DOOR,
                            where
                                    + " is a door of this server, which only an entry with this"
                                    + " very address and port opens"
                                    + HOW
                                    + '"'
                                    + exact
                                    + '"'));
        }
        if (rules.stream().noneMatch(rule -> rule.allows(host, address, port))) {
            return Optional.of(
                    notAllowed(where, host.indexOf(':') < 0 ? host + ":" + port : exact));
        }
        return Optional.empty();
    }

    private static Refused notAllowed(String where, String entry) {
        return new Refused(
                Cause.NOT_ALLOWED,
                where + " is not allowed by any entry" + HOW + '"' + entry + '"');
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    private static InetAddress named(String host, InetAddress address) {
        try {
            return address instanceof java.net.Inet6Address six && six.getScopeId() != 0
                    ? address
                    : InetAddress.getByAddress(host, address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has as many bytes as an address", e);
        }
    }

    /** Ends look-ups; what is decided from now on is refused as busy. */
    @Override
    public void close() {
        lookUps.shutdownNow();
    }
}
