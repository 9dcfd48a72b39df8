package org.outpost.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.outpost.simulator.fleet.FleetRig.patiently;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.outpost.simulator.device.ServerTrust;
import org.outpost.simulator.device.TunnelEnd;
import org.outpost.simulator.device.TunnelTls;
import org.outpost.simulator.impairment.TlsVersion;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

import javax.net.ssl.TrustManager;

class TunnelTlsTest {
    private static final X509Bundle ROOT = root();
    private static final X509Bundle STRANGER = root();
    private static final X509Bundle SERVER = server();

    @TempDir Path folder;

    private static X509Bundle root() {
        try {
            return new CertificateBuilder()
                    .subject("CN=Test Root")
                    .rsa2048()
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static X509Bundle server() {
        try {
            return new CertificateBuilder()
                    .subject("CN=mps.example.test")
                    .rsa2048()
                    .addSanDnsName("other.example.test")
                    .buildIssuedBy(ROOT);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private TrustManager trust(X509Bundle root, String name) throws Exception {
        Path file = folder.resolve("ca.pem");
        Files.writeString(file, root.getCertificatePEM());
        return ServerTrust.roots(file, name);
    }

    @ParameterizedTest
    @EnumSource
    void devicesSpeakTheVersionsOfTheirMood(TlsVersion version) throws Exception {
        try (FleetRig rig =
                FleetRig.of(1)
                        .moods(mood(version))
                        .tls(serverContext(), devices(version, ServerTrust.anything()))
                        .build()) {
            rig.fleet().start();
            rig.awaitConnected();

            SslHandler handler =
                    rig.server().tunnels().getFirst().channel().pipeline().get(SslHandler.class);
            assertThat(handler.engine().getSession().getProtocol())
                    .isEqualTo(version.protocols().getLast());
        }
    }

    private static String mood(TlsVersion version) {
        return switch (version) {
            case CURRENT -> "calm";
            case TLS_1_2 -> "tls-1.2";
            case TLS_1_3 -> "tls-1.3";
            case TLS_1_0 -> "legacy";
        };
    }

    @Test
    void aCertificateOfTheRootWithTheRightCommonNameIsBelieved() throws Exception {
        assertConnects(trust(ROOT, "MPS.example.test"));
    }

    @Test
    void anAlternativeNameIsEnoughHereThoughNotForFirmware() throws Exception {
        assertConnects(trust(ROOT, "other.example.test"));
    }

    private void assertConnects(TrustManager trust) throws Exception {
        try (FleetRig rig =
                FleetRig.of(2).tls(serverContext(), devices(TlsVersion.CURRENT, trust)).build()) {
            rig.fleet().start();
            rig.awaitConnected();
        }
    }

    @Test
    void anotherNameOrAnotherRootIsRefused() throws Exception {
        assertRefuses(trust(ROOT, "mps.example.org"));
        assertRefuses(trust(STRANGER, "mps.example.test"));
    }

    private void assertRefuses(TrustManager trust) throws Exception {
        try (FleetRig rig =
                FleetRig.of(1).tls(serverContext(), devices(TlsVersion.CURRENT, trust)).build()) {
            rig.fleet().start();

            patiently()
                    .until(() -> rig.fleet().snapshot().ends().containsKey(TunnelEnd.TLS_FAILED));
            assertThat(rig.fleet().snapshot().established()).isZero();
        }
    }

    @Test
    void aFileWithoutCertificatesIsAnError() throws Exception {
        Path empty = folder.resolve("empty.pem");
        Files.writeString(empty, "");

        assertThatThrownBy(() -> ServerTrust.roots(empty, "name"))
                .isInstanceOf(GeneralSecurityException.class);
    }

    private SslContext serverContext() throws Exception {
        return SslContextBuilder.forServer(SERVER.toKeyManagerFactory())
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1", "TLSv1.2", "TLSv1.3")
                .build();
    }

    private static TunnelTls devices(TlsVersion version, TrustManager trust) throws Exception {
        return new TunnelTls(List.of(version), trust);
    }
}
