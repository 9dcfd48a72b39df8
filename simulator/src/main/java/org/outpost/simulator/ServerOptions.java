package org.outpost.simulator;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.device.MpsCredentials;
import org.outpost.simulator.device.ServerTrust;
import org.outpost.simulator.device.TunnelTls;
import org.outpost.simulator.impairment.Mood;
import org.outpost.simulator.impairment.Moods;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/** Options about the server that the devices call. */
final class ServerOptions {
    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "Where the devices call in; port 4433 when none is given.")
    @Nullable String server;

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "What the devices sign in with. Made up for this run when not given.")
    @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            description =
                    "Its password. Made up when not given. To keep it off the command line"
                            + " write options into a file and give it as @FILE.")
    @Nullable String password;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Root certificates (PEM) that the server's certificate must lead to.")
    @Nullable Path ca;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description =
                    "Common name that the certificate must carry, with --ca; the host of"
                            + " --server when not given.")
    @Nullable String serverName;

    @Option(
            names = "--insecure-tls",
            description = "Believe any certificate. Implied on loopback without --ca.")
    boolean insecureTls;

    @Option(names = "--no-tls", description = "Speak APF without TLS.")
    boolean noTls;

    @Option(
            names = "--yes-this-is-mine",
            description = "Allow a server on another machine: say so only of your own.")
    boolean mine;

    /**
     * The server, looked up.
     *
     * @throws IllegalArgumentException with a text for the user
     */
    InetSocketAddress resolve() {
        if (server == null) {
            throw new IllegalArgumentException("--server HOST:PORT is missing");
        }
        ServerAddress address = ServerAddress.parse(server);
        try {
            return address.resolve(mine);
        } catch (IOException e) {
            throw new IllegalArgumentException("no such host: " + address.host(), e);
        }
    }

    MpsCredentials credentials(RandomSecret secrets) {
        return new MpsCredentials(
                user == null ? secrets.user() : user,
                password == null ? secrets.plainPassword() : password);
    }

    boolean madeUpCredentials() {
        return user == null || password == null;
    }

    /**
     * TLS for the moods in use; empty with {@code --no-tls}.
     *
     * @throws IllegalArgumentException with a text for the user
     */
    Optional<TunnelTls> tls(InetAddress target, Moods moods) {
        if (noTls) {
            return Optional.empty();
        }
        if (ca == null && !insecureTls && !target.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "give --ca FILE to check the server's certificate, or --insecure-tls");
        }
        List<Mood> inUse = moods.inUse();
        try {
            return Optional.of(
                    new TunnelTls(
                            inUse.stream().map(Mood::tls).distinct().toList(),
                            ca == null || insecureTls
                                    ? ServerTrust.anything()
                                    : ServerTrust.roots(ca, expectedName())));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    (ca == null ? "" : "--ca " + ca + ": ") + e.getMessage(), e);
        }
    }

    private String expectedName() {
        if (serverName != null) {
            return serverName;
        }
        return server == null ? "" : ServerAddress.parse(server).host();
    }
}
