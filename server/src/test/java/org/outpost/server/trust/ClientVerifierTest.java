package org.outpost.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.OwnAuthorities;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

final class ClientVerifierTest {
    private static final OwnAuthorities NONE_OF_OURS = new OwnAuthorities(List.of());

    private final Path folder;
    private final TestCa ca;
    private final TestIdentity device;
    private final TestIdentity lost;

    ClientVerifierTest(@TempDir Path folder) {
        this.folder = folder;
        ca = TestCa.in(folder);
        device = ca.client("device");
        lost = ca.client("lost");
    }

    @Test
    void aCertificateOfATrustedAuthorityIsGood() throws Exception {
        ClientVerifier verifier = verifier(true);

        VerifiedClient client = verifier.verify(device.chain());

        assertThat(client.certificate()).isEqualTo(device.certificate());
        assertThat(client.issuer()).isEqualTo(ca.certificate());
        assertThat(verifier.getAcceptedIssuers()).containsExactly(ca.certificate());
    }

    @Test
    void theRootMayBeInTheChain() throws Exception {
        assertThat(verifier(true).verify(List.of(device.certificate(), ca.certificate())).issuer())
                .isEqualTo(ca.certificate());
    }

    @Test
    void aStrangersCertificateIsNotGood() throws Exception {
        TestCa strangers = TestCa.in(Files.createDirectory(folder.resolve("strangers")));
        TestIdentity stranger = strangers.client("stranger");

        assertThatThrownBy(() -> verifier(true).verify(stranger.chain()))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("CN=stranger")
                .hasMessageContaining(stranger.certificate().getSerialNumber().toString(16));
    }

    @Test
    void anExpiredCertificateIsNotGood() throws Exception {
        assertThatThrownBy(() -> verifier(true).verify(ca.expiredClient("late").chain()))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("validity check failed");
    }

    @Test
    void aServersCertificateIsNoClients() throws Exception {
        assertThatThrownBy(() -> verifier(true).verify(ca.server().chain()))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("not meant for clients");
    }

    @Test
    void noCertificateIsNotGood() throws Exception {
        assertThatThrownBy(() -> verifier(true).verify(List.of()))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void whoIsOnTheListIsRevokedAndOthersAreNot() throws Exception {
        for (boolean strict : List.of(true, false)) {
            ClientVerifier verifier = verifier(strict, ca.crl("ca.crl", lost));

            verifier.verify(device.chain());
            assertRevoked(verifier, lost);
        }
    }

    @Test
    void aListMayBeDer() throws Exception {
        Path pem = ca.crl("ca.crl", lost);
        String base64 = Files.readString(pem).replaceAll("-----.*-----", "");
        Path der = Files.write(folder.resolve("der.crl"), Base64.getMimeDecoder().decode(base64));

        assertRevoked(verifier(true, der), lost);
    }

    @Test
    void aFileMayHoldTheListsOfSeveralAuthorities() throws Exception {
        TestCa other = TestCa.in(Files.createDirectory(folder.resolve("other")));
        TestIdentity otherLost = other.client("other lost");
        Path authorities = folder.resolve("authorities.pem");
        Files.writeString(
                authorities, Files.readString(ca.caFile()) + Files.readString(other.caFile()));
        Path lists = folder.resolve("lists.pem");
        Files.writeString(
                lists,
                Files.readString(ca.crl("one.crl", lost))
                        + Files.readString(other.crl("two.crl", otherLost)));

        ClientVerifier verifier =
                new ClientVerifier(
                        new TrustFiles(
                                authorities,
                                List.of(lists),
                                true,
                                NONE_OF_OURS,
                                InstantSource.system()));

        verifier.verify(device.chain());
        verifier.verify(other.client("other device").chain());
        assertRevoked(verifier, lost);
        assertRevoked(verifier, otherLost);
    }

    @Test
    void withoutAValidListThePolicyDecides() throws Exception {
        Path ended = ca.crl("ca.crl", Instant.now().minus(Duration.ofHours(1)), lost);

        assertThatThrownBy(() -> verifier(true, ended).verify(device.chain()))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("revocation status");
        verifier(false, ended).verify(device.chain());
    }

    @Test
    void whoAnOldListNamesStaysRevoked() throws Exception {
        Path ended = ca.crl("ca.crl", Instant.now().minus(Duration.ofHours(1)), lost);

        assertRevoked(verifier(false, ended), lost);
    }

    /** The check runs on event loops, and nobody's certificate may send us anywhere. */
    @Test
    void noListIsEverFetched() throws Exception {
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            elsewhere.setSoTimeout(1);
            TestIdentity pointing =
                    ca.listedClient(
                            "pointing",
                            URI.create(
                                    "http://127.0.0.1:%d/ca.crl"
                                            .formatted(elsewhere.getLocalPort())));
            Path ended = ca.crl("ended.crl", Instant.now().minus(Duration.ofHours(1)));
            ClientVerifier lenient = verifier(false, ended);
            ClientVerifier strict = verifier(true, ended);

            lenient.verify(pointing.chain());
            assertThatThrownBy(() -> strict.verify(pointing.chain()))
                    .isInstanceOf(CertificateException.class);

            assertThatThrownBy(elsewhere::accept)
                    .as("a connection would wait here")
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aListOfAnotherAuthoritySaysNothing() throws Exception {
        TestCa other = TestCa.in(Files.createDirectory(folder.resolve("other")));
        // Same name, other key: it names our device, but who signed it has no say.
        Path forged = other.crl("forged.crl", device);

        verifier(false, forged).verify(device.chain());
        assertThatThrownBy(() -> verifier(true, forged).verify(device.chain()))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void aMissingListIsAnErrorWhenListsAreNeeded() throws Exception {
        Path nowhere = folder.resolve("nowhere.crl");

        assertThatThrownBy(() -> verifier(true, nowhere))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("there is no such file");
        verifier(false, nowhere).verify(device.chain());
    }

    @Test
    void aNewListCountsFromTheRefreshOnAlsoForWhoWasGoodAMomentAgo() throws Exception {
        Path list = ca.crl("ca.crl");
        ClientVerifier verifier = verifier(true, list);
        verifier.verify(lost.chain());

        Files.move(ca.crl("next.crl", lost), list, StandardCopyOption.REPLACE_EXISTING);
        verifier.verify(lost.chain());
        verifier.refresh();

        assertRevoked(verifier, lost);
    }

    @Test
    void aListThatIsOfNoUseLeavesTheFormerOne() throws Exception {
        Path list = ca.crl("ca.crl", lost);
        ClientVerifier verifier = verifier(true, list);
        Files.writeString(list, "half a li");

        assertThatThrownBy(verifier::refresh).isInstanceOf(IdentityException.class);

        assertRevoked(verifier, lost);
        verifier.verify(device.chain());
    }

    private static void assertRevoked(ClientVerifier verifier, TestIdentity who) {
        assertThatThrownBy(() -> verifier.verify(who.chain()))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("revoked");
    }

    private ClientVerifier verifier(boolean strict, Path... lists) throws IdentityException {
        return new ClientVerifier(
                new TrustFiles(
                        ca.caFile(), List.of(lists), strict, NONE_OF_OURS, InstantSource.system()));
    }
}
