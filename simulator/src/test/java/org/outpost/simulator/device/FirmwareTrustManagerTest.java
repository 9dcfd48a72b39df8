package org.outpost.simulator.device;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.testkit.certificate.TestCa;

import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.X509TrustManager;

/** Which server a device believes, beyond the chain. */
final class FirmwareTrustManagerTest {
    @TempDir Path folder;

    private void check(String serverName) throws CertificateException {
        X509Certificate certificate =
                TestCa.in(folder)
                        .server("mps", "mps.example.test", List.of("127.0.0.1", "::1"))
                        .certificate();
        new FirmwareTrustManager(new AnyChain(), serverName)
                .checkServerTrusted(new X509Certificate[] {certificate}, "ECDHE_RSA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mps.example.test", "MPS.example.test", "127.0.0.1", "::1", "0:0::1"})
    void namesAndAddressesAreComparedHoweverTheyAreWritten(String serverName) {
        assertThatCode(() -> check(serverName)).doesNotThrowAnyException();
    }

    @Test
    void anotherNameIsRefused() {
        assertThatThrownBy(() -> check("::2"))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("common name");
    }

    private static final class AnyChain implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
