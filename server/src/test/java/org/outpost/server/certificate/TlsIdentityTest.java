package org.outpost.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.testkit.certificate.TlsContexts;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;

/** The forms in which other servers take an identity. */
final class TlsIdentityTest {
    @TempDir private static Path folder;

    private static TlsIdentity identity;

    @BeforeAll
    static void firstStart() throws Exception {
        identity =
                new CertificateStore(folder, InstantSource.system())
                        .identity(ServerNames.of("mps.example.com", List.of()));
    }

    @Test
    void theKeyStoreHasTheKeyAndTheChainAndNothingElse() throws Exception {
        char[] password = "not much of one".toCharArray();

        KeyStore store = identity.keyStore(password);

        String alias = Collections.list(store.aliases()).getFirst();
        assertThat(store.size()).isOne();
        assertThat(store.getKey(alias, password)).isEqualTo(identity.key());
        assertThat(store.getCertificateChain(alias)).containsExactlyElementsOf(identity.chain());
    }

    @Test
    void theJdksHttpsServerServesWithIt() throws Exception {
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity.sslContext()));
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        try (HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(TlsContexts.trusting(folder.resolve("ca.crt")))
                        .build()) {
            for (String host : List.of("localhost", "127.0.0.1")) {
                URI page = URI.create("https://" + host + ":" + server.getAddress().getPort());
                assertThat(
                                client.send(
                                                HttpRequest.newBuilder(page).build(),
                                                HttpResponse.BodyHandlers.discarding())
                                        .statusCode())
                        .isEqualTo(204);
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void thereIsNoneWithoutACertificate() {
        assertThatThrownBy(() -> new TlsIdentity(identity.key(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
