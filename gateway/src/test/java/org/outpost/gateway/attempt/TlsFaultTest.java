package org.outpost.gateway.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;
import org.outpost.testkit.certificate.TlsContexts;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Handshakes that fail for real, with both TLS libraries that a server may have. */
@NeedsTool("openssl")
final class TlsFaultTest {
    @TempDir private static Path folder;
    private static TestCa ca;
    private static TestCa namesake;
    private static Path stranger;
    private static TestIdentity identity;

    /** BoringSSL, and the JDK's TLS where that cannot be loaded. */
    enum Library {
        OPENSSL,
        JDK
    }

    @BeforeAll
    static void certificates() throws Exception {
        ca = TestCa.in(Files.createDirectory(folder.resolve("ours")));
        namesake = TestCa.in(Files.createDirectory(folder.resolve("namesake")));
        stranger = folder.resolve("stranger.pem");
        Files.writeString(
                stranger,
                new CertificateBuilder()
                        .subject("CN=Another Authority")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned()
                        .getCertificatePEM());
        identity = ca.server();
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceThatDoesNotKnowOurRoot(Library library) throws Exception {
        for (String version : List.of("-tls1_2", "-tls1_3")) {
            TlsFault fault =
                    with(
                            library,
                            same -> same,
                            version,
                            "-verify_return_error",
                            "-CAfile",
                            stranger.toString());

            assertThat(fault).as(version).isEqualTo(new TlsFault.Received(TlsAlert.UNKNOWN_CA));
            assertThat(fault.outcome()).isEqualTo(Outcome.CA_NOT_TRUSTED);
            assertThat(fault.words()).isEqualTo("the device sent unknown_ca(48)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceThatKnowsAnOlderRootOfTheSameName(Library library) throws Exception {
        TlsFault fault =
                with(
                        library,
                        same -> same,
                        "-tls1_2",
                        "-verify_return_error",
                        "-CAfile",
                        namesake.caFile().toString());

        assertThat(fault.outcome()).as(fault.words()).isEqualTo(Outcome.CA_NOT_TRUSTED);
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceThatWantsAnotherNameInOurCertificate(Library library) throws Exception {
        TlsFault fault =
                with(
                        library,
                        same -> same,
                        "-verify_return_error",
                        "-CAfile",
                        ca.caFile().toString(),
                        "-verify_hostname",
                        "mps.example.test");

        assertThat(fault).isInstanceOf(TlsFault.Received.class);
        assertThat(fault.outcome()).isEqualTo(Outcome.CERTIFICATE_REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceWhoseClockIsBeyondOurCertificate(Library library) throws Exception {
        long nextYear = System.currentTimeMillis() / 1000 + 366L * 86_400;
        TlsFault fault =
                with(
                        library,
                        same -> same,
                        "-verify_return_error",
                        "-CAfile",
                        ca.caFile().toString(),
                        "-attime",
                        String.valueOf(nextYear));

        assertThat(fault).isEqualTo(new TlsFault.Received(TlsAlert.CERTIFICATE_EXPIRED));
        assertThat(fault.outcome()).isEqualTo(Outcome.CERTIFICATE_EXPIRED);
    }

    @ParameterizedTest
    @EnumSource
    void aJavaClientThatDoesNotKnowOurRootSaysCertificateUnknown(Library library) throws Exception {
        try (FailingHandshakes server = server(library, same -> same);
                SSLSocket client =
                        (SSLSocket)
                                TlsContexts.trusting(stranger).getSocketFactory().createSocket()) {
            client.connect(server.address());
            try {
                client.startHandshake();
            } catch (SSLException expected) {
                assertThat(expected).hasMessageContaining("certification path");
            }
            TlsFault fault = server.fault();

            assertThat(fault).isEqualTo(new TlsFault.Received(TlsAlert.CERTIFICATE_UNKNOWN));
            assertThat(fault.outcome()).isEqualTo(Outcome.CERTIFICATE_REFUSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceWhoseTlsIsTooOld(Library library) throws Exception {
        TlsFault fault =
                with(
                        library,
                        builder -> builder.protocols("TLSv1.2"),
                        "-tls1",
                        "-cipher",
                        "ALL:@SECLEVEL=0");

        assertThat(fault)
                .isInstanceOfSatisfying(
                        TlsFault.Sent.class,
                        sent -> assertThat(sent.alert()).isEqualTo(TlsAlert.PROTOCOL_VERSION));
        assertThat(fault.outcome()).isEqualTo(Outcome.NO_COMMON_TLS_VERSION);
    }

    @ParameterizedTest
    @EnumSource
    void noCipherSuiteInCommon(Library library) throws Exception {
        TlsFault fault =
                with(
                        library,
                        builder ->
                                builder.protocols("TLSv1.2")
                                        .ciphers(List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")),
                        "-tls1_2",
                        "-cipher",
                        "AES128-SHA");

        assertThat(fault)
                .isInstanceOfSatisfying(
                        TlsFault.Sent.class,
                        sent -> assertThat(sent.alert()).isEqualTo(TlsAlert.HANDSHAKE_FAILURE));
        assertThat(fault.outcome()).isEqualTo(Outcome.NO_COMMON_CIPHER);
    }

    @ParameterizedTest
    @EnumSource
    void aClientCertificateThatIsMissing(Library library) throws Exception {
        for (String version : List.of("-tls1_2", "-tls1_3")) {
            TlsFault fault = with(library, TlsFaultTest::wantingClientCertificates, version);

            assertThat(fault.outcome())
                    .as("%s: %s", version, fault)
                    .isEqualTo(Outcome.CLIENT_CERTIFICATE_MISSING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientCertificateOfAnotherAuthority(Library library) throws Exception {
        assertThat(withClient(library, namesake.client("alien")).outcome())
                .isEqualTo(Outcome.CLIENT_CERTIFICATE_REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void aClientCertificateThatRanOut(Library library) throws Exception {
        TlsFault fault = withClient(library, ca.expiredClient("late"));

        assertThat(fault.outcome()).isEqualTo(Outcome.CLIENT_CERTIFICATE_REFUSED);
        assertThat(fault.words()).contains("certificate_expired(45)");
    }

    @ParameterizedTest
    @EnumSource
    void bytesThatAreNoTls(Library library) throws Exception {
        try (FailingHandshakes server = server(library, same -> same);
                Socket client = new Socket()) {
            client.connect(server.address());
            client.getOutputStream()
                    .write(
                            "SSH-2.0-OpenSSH_9.2 says hello\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(server.fault()).isEqualTo(new TlsFault.NotTls());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatHangsUp(Library library) throws Exception {
        try (FailingHandshakes server = server(library, same -> same)) {
            try (Socket client = new Socket()) {
                client.connect(server.address());
                client.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
            }
            assertThat(server.fault()).isEqualTo(new TlsFault.Closed());
            try (Socket client = new Socket()) {
                client.connect(server.address());
                client.setSoLinger(true, 0);
            }
            assertThat(server.fault()).isEqualTo(new TlsFault.Closed());
        }
    }

    private static TlsFault withClient(Library library, TestIdentity client) throws Exception {
        return with(
                library,
                TlsFaultTest::wantingClientCertificates,
                "-cert",
                client.certificateFile().toString(),
                "-key",
                client.keyFile().toString());
    }

    private static TlsFault with(
            Library library, UnaryOperator<SslContextBuilder> settings, String... options)
            throws Exception {
        try (FailingHandshakes server = server(library, settings)) {
            List<String> words =
                    new ArrayList<>(
                            List.of(
                                    "openssl",
                                    "s_client",
                                    "-connect",
                                    "127.0.0.1:" + server.address().getPort()));
            words.addAll(List.of(options));
            Command.of(words.toArray(String[]::new)).run();
            return server.fault();
        }
    }

    private static FailingHandshakes server(
            Library library, UnaryOperator<SslContextBuilder> settings) throws Exception {
        return new FailingHandshakes(
                settings.apply(
                                SslContextBuilder.forServer(identity.key(), identity.chain())
                                        .sslProvider(SslProvider.valueOf(library.name())))
                        .build());
    }

    private static SslContextBuilder wantingClientCertificates(SslContextBuilder builder) {
        return builder.clientAuth(ClientAuth.REQUIRE).trustManager(ca.caFile().toFile());
    }
}
