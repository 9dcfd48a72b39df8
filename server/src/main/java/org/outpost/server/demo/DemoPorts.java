package org.outpost.server.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Where the doors of the demo's server listen, TCP ports of loopback (design §7).
 *
 * @param tunnel where devices call in
 * @param httpProxy the HTTP proxy
 * @param socks SOCKS
 * @param web the API
 * @param management metrics and health
 */
record DemoPorts(int tunnel, int httpProxy, int socks, int web, int management) {
    private static final int STEP = 10_000;
    private static final int HIGHEST = 65_535;
    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    /** The usual ports, and others in the place of those that are taken. */
    static DemoPorts free() {
        return free(DemoPorts::isFree);
    }

    static DemoPorts free(IntPredicate isFree) {
        Set<Integer> chosen = new HashSet<>();
        IntUnaryOperator choice = usual -> choose(usual, isFree, chosen);
        return new DemoPorts(
                choice.applyAsInt(4433),
                choice.applyAsInt(8080),
                choice.applyAsInt(1080),
                choice.applyAsInt(8443),
                choice.applyAsInt(9090));
    }

    // 8080, 18080, 28080: it can still be told what a port is for.
    private static int choose(int usual, IntPredicate isFree, Set<Integer> chosen) {
        int port =
                IntStream.concat(
                                IntStream.iterate(
                                        usual, each -> each <= HIGHEST, each -> each + STEP),
                                IntStream.rangeClosed(STEP, HIGHEST))
                        .filter(each -> !chosen.contains(each) && isFree.test(each))
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalStateException("no port is free on loopback"));
        chosen.add(port);
        return port;
    }

    private static boolean isFree(int port) {
        return LOOPBACK.stream().allMatch(address -> isFree(address, port));
    }

    private static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port), 1);
            return true;
        } catch (IOException _) {
            // Taken; or there is no IPv6 here, and then nobody can take it either.
            return address.getAddress().length == 16 && !hasIpv6();
        }
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0), 1);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
