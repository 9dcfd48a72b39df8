package org.outpost.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Sessions of {@code openssl s_client} while the keys of their tickets change. */
@NeedsTool("openssl")
final class SessionTicketsTest {
    @TempDir private static Path folder;

    private final CurrentTls tls = tls();

    private static CurrentTls tls() {
        try {
            TlsIdentity identity =
                    new CertificateStore(folder, InstantSource.system())
                            .identity(ServerNames.of("mps.example.com", List.of()));
            TlsProfiles profiles = new TlsProfiles(true);
            return new CurrentTls(
                    () -> identity,
                    (same, tickets) -> profiles.modern(same, new ClientTrust.NotAsked(), tickets),
                    SessionTickets.DEFAULT_LIFETIME);
        } catch (IdentityException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aSessionOutlivesOneRotationAndNotTwo(String protocol) throws Exception {
        Path session = folder.resolve("rotated" + protocol);
        try (EchoServer server = new EchoServer(tls)) {
            assertThat(talk(server, protocol, "-sess_out", session)).contains("\nNew, ");
            assertThat(talk(server, protocol, "-sess_in", session)).contains("\nReused, ");

            tls.rotateTickets();
            assertThat(talk(server, protocol, "-sess_in", session)).contains("\nReused, ");

            tls.rotateTickets();
            assertThat(talk(server, protocol, "-sess_in", session)).contains("\nNew, ");
        }
    }

    @Test
    void withTls13WhoIsResumedWithTheFormerKeyGetsATicketOfTheNewOne() throws Exception {
        String protocol = "-tls1_3";
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        try (EchoServer server = new EchoServer(tls)) {
            talk(server, protocol, "-sess_out", first);
            tls.rotateTickets();
            assertThat(talk(server, protocol, "-sess_in", first, "-sess_out", second))
                    .contains("\nReused, ");

            tls.rotateTickets();
            assertThat(talk(server, protocol, "-sess_in", second)).contains("\nReused, ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aNewContextOfTheSameListenerResumesWhatTheFormerBegan(String protocol) throws Exception {
        Path session = folder.resolve("refreshed" + protocol);
        try (EchoServer server = new EchoServer(tls)) {
            talk(server, protocol, "-sess_out", session);
            tls.refresh();
            assertThat(talk(server, protocol, "-sess_in", session)).contains("\nReused, ");
        }
        // Another listener has keys of its own.
        try (EchoServer other = new EchoServer(tls())) {
            assertThat(talk(other, protocol, "-sess_in", session)).contains("\nNew, ");
        }
    }

    @Test
    void keysNeedALifetime() {
        assertThatThrownBy(() -> new SessionTickets(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String talk(EchoServer server, String protocol, Object... options) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + server.port(),
                                protocol,
                                "-ign_eof"));
        for (Object option : options) {
            words.add(option.toString());
        }
        return Command.of(words.toArray(String[]::new)).fedWith("hello\n").run().succeeded().out();
    }
}
