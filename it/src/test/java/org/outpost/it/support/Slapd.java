package org.outpost.it.support;

import static org.awaitility.Awaitility.await;

import org.outpost.testkit.certificate.TestIdentity;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.FreePorts;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Debian's OpenLDAP server on loopback, with a folder of its own. */
public final class Slapd implements Closeable {
    /** Below it everything lies. */
    public static final String BASE = "dc=example,dc=com";

    /** Who may search. */
    public static final String SERVICE = "cn=outpost," + BASE;

    /** The password of {@link #SERVICE}. */
    public static final String SERVICE_PASSWORD = "Serv1ce-Passw0rd";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port = new FreePorts().next();
    private final Path folder;
    private final TestIdentity tls;
    private Process process;

    /**
     * Starts it.
     *
     * @param folder where its files go; made when it is not there
     * @param tls its certificate
     * @param users in LDIF, below {@link #BASE}
     */
    public Slapd(Path folder, TestIdentity tls, String users) throws IOException {
        this.folder = folder;
        this.tls = tls;
        Files.createDirectories(folder.resolve("db"));
        Files.writeString(configuration(), settings());
        Path ldif =
                Files.writeString(
                        folder.resolve("users.ldif"),
                        """
                        dn: dc=example,dc=com
                        objectClass: dcObject
                        objectClass: organization
                        o: example
                        dc: example

                        """
                                + users);
        Command.of("slapadd", "-f", configuration().toString(), "-l", ldif.toString())
                .run()
                .succeeded();
        this.process = launch();
    }

    private Path configuration() {
        return folder.resolve("slapd.conf");
    }

    private String settings() {
        return """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        pidfile %1$s/slapd.pid
        argsfile %1$s/slapd.args
        TLSCertificateFile %2$s
        TLSCertificateKeyFile %3$s
        disallow bind_anon
        security simple_bind=128
        database mdb
        suffix "%4$s"
        rootdn "%5$s"
        rootpw %6$s
        directory %1$s/db
        maxsize 10485760
        """
                .formatted(
                        folder,
                        tls.certificateFile(),
                        tls.keyFile(),
                        BASE,
                        SERVICE,
                        SERVICE_PASSWORD);
    }

    private Process launch() throws IOException {
        Process started =
                new ProcessBuilder(
                                "slapd",
                                "-d",
                                "0",
                                "-h",
                                url() + "/",
                                "-f",
                                configuration().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("slapd.log").toFile())
                        .start();
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            try (Socket probe = new Socket()) {
                                probe.connect(
                                        new InetSocketAddress(
                                                InetAddress.getLoopbackAddress(), port),
                                        1000);
                                return true;
                            } catch (IOException e) {
                                if (!started.isAlive()) {
                                    throw new IllegalStateException(
                                            Files.readString(folder.resolve("slapd.log")));
                                }
                                return false;
                            }
                        });
        return started;
    }

    /** Where it listens: plain, but it lets nobody in before StartTLS. */
    public String url() {
        return "ldap://127.0.0.1:" + port;
    }

    /** Ends it; {@link #again} brings it back with what it knew. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again. */
    public void again() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        stop();
    }
}
