package org.outpost.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.testkit.certificate.TlsContexts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.net.ssl.SSLSocket;

/** A renewed certificate serves the next connection, and none that is open notices. */
final class CurrentTlsTest {
    private static final Duration NEARLY_ITS_LIFE = Duration.ofDays(380);

    private final SettableClock clock = new SettableClock(Instant.now().minus(NEARLY_ITS_LIFE));
    private final Path folder;
    private final CertificateStore store;
    private final ServerNames names;
    private final CurrentTls tls;

    CurrentTlsTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        store = new CertificateStore(folder, clock);
        names = ServerNames.of("mps.example.com", List.of());
        TlsProfiles profiles = new TlsProfiles(true);
        tls =
                new CurrentTls(
                        () -> store.identity(names),
                        (identity, tickets) ->
                                profiles.modern(identity, new ClientTrust.NotAsked(), tickets),
                        SessionTickets.DEFAULT_LIFETIME);
    }

    @Test
    void theNextConnectionSeesTheNewCertificateAndAnOpenOneGoesOn() throws Exception {
        TlsClient client = new TlsClient(TlsContexts.trusting(folder.resolve("ca.crt")), "TLSv1.2");
        Certificate first = store.identity(names).certificate();

        try (EchoServer server = new EchoServer(tls);
                SSLSocket open = client.connect(server.address())) {
            clock.move(NEARLY_ITS_LIFE);
            tls.refresh();

            Certificate second = client.talk(server.address()).chain().getFirst();
            assertThat(second).isEqualTo(store.identity(names).certificate()).isNotEqualTo(first);

            TlsClient.Outcome outcome = TlsClient.talk(open);
            assertThat(outcome.echo()).isEqualTo("hello\n");
            assertThat(outcome.chain().getFirst()).isEqualTo(first);
        }
    }

    @Test
    void aRefreshThatFailsLeavesWhatWas() throws Exception {
        var before = tls.get();
        Files.delete(folder.resolve("ca.key"));

        assertThatThrownBy(tls::refresh).isInstanceOf(IdentityException.class);

        assertThat(tls.get()).isSameAs(before);
    }
}
