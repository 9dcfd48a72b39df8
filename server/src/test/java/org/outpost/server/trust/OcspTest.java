package org.outpost.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.outpost.gateway.certificate.CertificateVerdict;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.egress.EgressRule;
import org.outpost.gateway.egress.OwnDoors;
import org.outpost.testkit.certificate.OcspResponder;
import org.outpost.testkit.certificate.OcspResponder.Manner;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The client against a responder over HTTP. */
final class OcspTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final CertificateVerdict ACCEPTED = new CertificateVerdict.Accepted();

    private final Path folder;
    private final TestCa ca;
    private final OcspResponder responder;
    private final TestIdentity device;
    private OcspClient client = client(PATIENCE, List.of());

    OcspTest(@TempDir Path folder) {
        this.folder = folder;
        ca = TestCa.in(folder);
        responder = OcspResponder.of(ca);
        device = ca.client("device");
    }

    @AfterEach
    void close() {
        client.close();
        responder.close();
    }

    @Test
    void whoIsGoodIsAccepted() throws Exception {
        responder.good(device);

        assertThat(ask(true)).isEqualTo(ACCEPTED);
    }

    @Test
    void whoIsRevokedIsRefusedAlsoWhenSoft() throws Exception {
        responder.revoked(device);

        assertThat(ask(true)).isInstanceOf(CertificateVerdict.Refused.class);
        assertThat(ask(false)).asString().contains("was revoked on");
    }

    @Test
    void whomTheResponderDoesNotKnowIsRefusedAlsoWhenSoft() throws Exception {
        assertThat(ask(true)).isInstanceOf(CertificateVerdict.Refused.class);
        assertThat(ask(false)).asString().contains("does not know it");
    }

    @ParameterizedTest
    @EnumSource(Manner.class)
    void whileNothingIsSaidThePolicyDecides(Manner manner) throws Exception {
        client.close();
        client = client(manner == Manner.SILENT ? Duration.ofSeconds(1) : PATIENCE, List.of());
        responder.revoked(device).begin(manner);

        assertThat(ask(true, responder.url())).isInstanceOf(CertificateVerdict.Unavailable.class);
        assertThat(ask(false, responder.url())).isEqualTo(ACCEPTED);
    }

    @Test
    void whileNobodyListensThePolicyDecides() throws Exception {
        responder.close();

        assertThat(ask(true)).isInstanceOf(CertificateVerdict.Unavailable.class);
        assertThat(ask(false)).isEqualTo(ACCEPTED);
    }

    @Test
    void anAnswerIsKeptUntilItEnds() throws Exception {
        responder.good(device).answersHold(Duration.ofHours(1));
        ask(true);
        responder.revoked(device);

        assertThat(ask(true)).isEqualTo(ACCEPTED);
        assertThat(responder.asked()).isEqualTo(1);
    }

    @Test
    void anAnswerThatEndedIsAskedForAgain() throws Exception {
        responder.good(device).answersHold(Duration.ofSeconds(1));
        ask(true);
        responder.revoked(device);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(ask(true)).isInstanceOf(CertificateVerdict.Refused.class));
    }

    @Test
    void aResponderThatFailedIsLeftAloneForAWhileAndThenAskedAgain() throws Exception {
        responder.good(device).begin(Manner.BUSY);
        ask(true);
        int before = responder.asked();
        for (int i = 0; i < 20; i++) {
            ask(true);
        }
        assertThat(responder.asked()).isLessThan(before + 20);

        responder.behave();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ask(true)).isEqualTo(ACCEPTED));
    }

    /** One certificate that it does not serve keeps no other out. */
    @Test
    void aResponderThatDoesNotServeOneIsAskedAboutOthers() throws Exception {
        responder.good(device).begin(Manner.UNAUTHORIZED);
        assertThat(ask(true)).isInstanceOf(CertificateVerdict.Unavailable.class);

        responder.behave();
        assertThat(ask(true)).isEqualTo(ACCEPTED);
    }

    @Test
    void theIssuerMayHaveSomebodyElseAnswer() throws Exception {
        try (OcspResponder delegate = OcspResponder.signing(ca.ocspSigner("responder"))) {
            delegate.good(device);

            assertThat(ask(true, delegate.url())).isEqualTo(ACCEPTED);
        }
    }

    @Test
    void nobodyElsesAnswerCounts() throws Exception {
        TestCa strangers = TestCa.in(Files.createDirectory(folder.resolve("strangers")));
        for (OcspResponder other :
                List.of(
                        // of the same name
                        OcspResponder.of(strangers),
                        OcspResponder.signing(strangers.ocspSigner("responder")),
                        // of our authority, but not meant for that
                        OcspResponder.signing(ca.client("another device")))) {
            try (other) {
                other.good(device);

                assertThat(ask(true, other.url()))
                        .isInstanceOf(CertificateVerdict.Unavailable.class)
                        .asString()
                        .contains("not signed by the issuer");
            }
        }
    }

    @Test
    void whereTheCertificateSaysOnlyWithinThePolicy() throws Exception {
        TestIdentity naming = ca.client("naming", responder.url());
        responder.good(naming);

        assertThat(ask(naming, true, null))
                .isInstanceOf(CertificateVerdict.Unavailable.class)
                .asString()
                .contains("egress.allow");
        assertThat(responder.asked()).isZero();

        client.close();
        client = client(PATIENCE, List.of(EgressRule.parse(responder.url().getAuthority())));
        assertThat(ask(naming, true, null)).isEqualTo(ACCEPTED);
    }

    @Test
    void aCertificateThatNamesNoResponderCannotBeAskedAbout() throws Exception {
        assertThat(ask(device, true, null)).asString().contains("names no responder");
    }

    @Test
    void manyAskAtOnceAndTheResponderIsAskedOnce() throws Exception {
        responder.good(device).answersHold(Duration.ofHours(1));
        OcspQuestions questions = questions(true, responder.url());

        var answers =
                IntStream.range(0, 200)
                        .mapToObj(
                                _ ->
                                        questions
                                                .ask(device.certificate(), ca.certificate())
                                                .toCompletableFuture())
                        .toList();

        for (var answer : answers) {
            assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ACCEPTED);
        }
        assertThat(responder.asked()).isEqualTo(1);
    }

    private CertificateVerdict ask(boolean hard) throws Exception {
        return ask(hard, responder.url());
    }

    private CertificateVerdict ask(boolean hard, URI url) throws Exception {
        return ask(device, hard, url);
    }

    private CertificateVerdict ask(TestIdentity who, boolean hard, @Nullable URI url)
            throws Exception {
        return questions(hard, url)
                .ask(who.certificate(), ca.certificate())
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private OcspQuestions questions(boolean hard, @Nullable URI url) {
        return new OcspQuestions(client, new OcspSettings(hard, url, true));
    }

    private static OcspClient client(Duration deadline, List<EgressRule> allowed) {
        return new OcspClient(
                new EgressPolicy(allowed, new OwnDoors()),
                deadline,
                InstantSource.system(),
                new SimpleMeterRegistry());
    }
}
