package org.outpost.testkit.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder.Algorithm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

class TestCaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir private Path folder;

    @Test
    @NeedsTool("openssl")
    void opensslAcceptsWhatItIssues() {
        TestCa ca = TestCa.in(folder);
        Path server = ca.server().certificateFile();
        Path client = ca.client("console").certificateFile();

        verify(ca, "sslserver", server).succeeded();
        verify(ca, "sslclient", client).succeeded();

        assertThat(verify(ca, "sslclient", server).exit()).isNotZero();
    }

    private static Command.Result verify(TestCa ca, String purpose, Path certificate) {
        return Command.of(
                        "openssl",
                        "verify",
                        "-purpose",
                        purpose,
                        "-CAfile",
                        ca.caFile().toString(),
                        certificate.toString())
                .run();
    }

    @Test
    void keysAreForTheirOwnerOnly() throws IOException {
        TestCa ca = TestCa.in(folder);

        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(ca.server().keyFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void expiredClientIsExpired() {
        TestIdentity late = TestCa.in(folder, Algorithm.ecp256).expiredClient("late");

        assertThatThrownBy(() -> late.certificate().checkValidity())
                .isInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void devicesConnectOverTlsWithAndWithoutACertificate() throws IOException {
        TestCa ca = TestCa.in(folder);
        TestIdentity device = ca.client("device");

        assertThat(greeting(ca, ca.clientContext(), "TLSv1.2")).isEqualTo("nobody TLSv1.2");
        assertThat(greeting(ca, ca.contextOf(device), "TLSv1.3")).isEqualTo("CN=device TLSv1.3");
        assertThat(greeting(ca, TlsContexts.trusting(ca.caFile()), "TLSv1.3"))
                .isEqualTo("nobody TLSv1.3");
    }

    @Test
    void strangersServerIsNotTrusted() throws IOException {
        TestCa ca = TestCa.in(folder);
        TestCa stranger = TestCa.in(Files.createDirectory(folder.resolve("stranger")));

        assertThatThrownBy(() -> greeting(ca, stranger.clientContext(), "TLSv1.3"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("PKIX path");
    }

    private static String greeting(TestCa ca, SSLContext client, String protocol)
            throws IOException {
        SSLContext server = ca.contextOf(ca.server());
        try (SSLServerSocket listener =
                (SSLServerSocket)
                        server.getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setWantClientAuth(true);
            CompletableFuture.runAsync(
                    () -> greet(listener), task -> Thread.ofVirtual().start(task));
            try (ApfConnection connection =
                    ApfConnection.tls(
                            (InetSocketAddress) listener.getLocalSocketAddress(),
                            client,
                            protocol)) {
                return new String(connection.receiveBytes(PATIENCE), StandardCharsets.UTF_8);
            }
        }
    }

    private static void greet(SSLServerSocket listener) {
        try (SSLSocket socket = (SSLSocket) listener.accept();
                ApfConnection connection = new ApfConnection(socket, ApfSide.SERVER)) {
            connection.send(
                    (peer(socket) + " " + socket.getSession().getProtocol())
                            .getBytes(StandardCharsets.UTF_8));
            connection.awaitEnd(PATIENCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String peer(SSLSocket socket) {
        try {
            return socket.getSession().getPeerPrincipal().getName();
        } catch (IOException none) {
            return "nobody";
        }
    }

    @Test
    void resetCutsTlsWithoutAGoodbye() throws IOException {
        TestCa ca = TestCa.in(folder);
        SSLContext server = ca.contextOf(ca.server());
        try (SSLServerSocket listener =
                (SSLServerSocket)
                        server.getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> heard = new CompletableFuture<>();
            CompletableFuture<ApfConnection.End> end =
                    CompletableFuture.supplyAsync(
                            () -> endOf(listener, heard), task -> Thread.ofVirtual().start(task));
            ApfConnection connection =
                    ApfConnection.tls(
                            (InetSocketAddress) listener.getLocalSocketAddress(),
                            ca.clientContext());
            connection.send(ApfBytes.keepAliveRequest(1));
            // a reset throws away what the other side has not read yet
            heard.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
            connection.reset();

            assertThat(end.join()).isEqualTo(ApfConnection.End.RESET);
        }
    }

    private static ApfConnection.End endOf(
            SSLServerSocket listener, CompletableFuture<Void> heard) {
        try (ApfConnection connection = new ApfConnection(listener.accept(), ApfSide.SERVER)) {
            Optional<?> first = connection.receive(PATIENCE);
            assertThat(first).isPresent();
            heard.complete(null);
            return connection.awaitEnd(PATIENCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
