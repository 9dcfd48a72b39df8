package org.outpost.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.ClientCertificate.Names;
import org.outpost.gateway.authentication.ClientCertificate.Principal;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;

final class ClientCertificateTest {
    private static final UUID DEVICE = UUID.fromString("6a3c0f04-8a34-4c2c-9c1f-2b7c1d7e0d11");
    private static final X509Certificate FULL =
            certificate(
                    () ->
                            builder("CN=pc-7,CN=outer,O=Example\\, Inc.,C=DE")
                                    .addSanDnsName("pc-7.example.com")
                                    .addSanUriName(
                                            "urn:uuid:"
                                                    + DEVICE.toString().toUpperCase(Locale.ROOT)));
    private static final X509Certificate BARE = certificate(() -> builder("O=Nobody"));

    private static CertificateBuilder builder(String subject) {
        return new CertificateBuilder().ecp256().setIsCertificateAuthority(true).subject(subject);
    }

    private static X509Certificate certificate(Callable<CertificateBuilder> builder) {
        try {
            return builder.call().buildSelfSigned().getCertificate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Credentials shown(
            @Nullable X509Certificate certificate, String user, @Nullable UUID device) {
        return new Credentials(
                user, "password", certificate, device, InetAddress.getLoopbackAddress());
    }

    private static Verdict verdict(Principal principal, Names names, Credentials credentials)
            throws Exception {
        return new ClientCertificate(principal, names).authenticate(credentials);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUBJECT | certificate:CN=pc-7,CN=outer,O=Example\\, Inc.,C=DE",
                "CN      | certificate:pc-7",
                "SAN_DNS | certificate:pc-7.example.com",
                "SAN_URI | certificate:urn:uuid:6A3C0F04-8A34-4C2C-9C1F-2B7C1D7E0D11",
            })
    void aVerifiedCertificateIsAcceptedUnderItsName(Principal principal, String name)
            throws Exception {
        assertThat(verdict(principal, Names.ANYTHING, shown(FULL, "", null)))
                .isEqualTo(new Verdict.Accepted(name));
    }

    @Test
    void theFingerprintIsTheSha256OfTheCertificate() throws Exception {
        String digest =
                HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(FULL.getEncoded()));

        assertThat(verdict(Principal.FINGERPRINT, Names.ANYTHING, shown(FULL, "", null)))
                .isEqualTo(new Verdict.Accepted("certificate:" + digest));
    }

    @Test
    void withoutAVerifiedCertificateEverythingIsRefused() throws Exception {
        assertThat(verdict(Principal.CN, Names.ANYTHING, shown(null, "pc-7", DEVICE)))
                .isEqualTo(new Verdict.Refused("no client certificate was verified"));
    }

    @ParameterizedTest
    @CsvSource({"CN,cn", "SAN_DNS,san-dns", "SAN_URI,san-uri"})
    void aCertificateThatLacksThePrincipalIsRefused(Principal principal, String word)
            throws Exception {
        assertThat(verdict(principal, Names.ANYTHING, shown(BARE, "", null)))
                .isEqualTo(new Verdict.Refused("the client certificate has no " + word));
    }

    @Test
    void itMayHaveToNameTheAnnouncedUuid() throws Exception {
        assertThat(verdict(Principal.CN, Names.UUID, shown(FULL, "", DEVICE)))
                .isEqualTo(new Verdict.Accepted("certificate:pc-7"));
        assertThat(verdict(Principal.CN, Names.UUID, shown(FULL, "", UUID.randomUUID())))
                .isEqualTo(
                        new Verdict.Refused(
                                "the client certificate does not name the announced UUID"));
        assertThat(verdict(Principal.CN, Names.UUID, shown(FULL, "", null)))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(
                        verdict(
                                Principal.SUBJECT,
                                Names.UUID,
                                shown(certificate(() -> builder("CN=" + DEVICE)), "", DEVICE)))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({"pc-7,true", "pc-7.example.com,true", "PC-7,false", "outer,false", "'',false"})
    void itMayHaveToNameTheUser(String user, boolean good) throws Exception {
        assertThat(verdict(Principal.CN, Names.USER, shown(FULL, user, null)))
                .isEqualTo(
                        good
                                ? new Verdict.Accepted("certificate:pc-7")
                                : new Verdict.Refused(
                                        "the client certificate does not name the user"));
    }

    @Test
    void aNameFromATerminatorIsEnoughForTheCommonNameOnly() throws Exception {
        Credentials handedOn =
                new Credentials("", null, null, "pc-7", DEVICE, InetAddress.getLoopbackAddress());

        assertThat(verdict(Principal.CN, Names.ANYTHING, handedOn))
                .isEqualTo(new Verdict.Accepted("certificate:pc-7"));
        assertThat(verdict(Principal.SUBJECT, Names.ANYTHING, handedOn))
                .isEqualTo(
                        new Verdict.Refused(
                                "the terminator handed on the common name alone, but the principal"
                                        + " is to be subject"));
        assertThat(verdict(Principal.CN, Names.UUID, handedOn)).isInstanceOf(Verdict.Refused.class);
    }
}
