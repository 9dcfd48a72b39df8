package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.certificate.OcspResponder;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Devices with client certificates of a CA that has revocation lists and a responder. */
@NeedsTool("openssl")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RevocationIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** By list alone. */
    private static final int LIST = 0;

    /** By responder, which is needed. */
    private static final int HARD = 1;

    /** By responder, if it answers. */
    private static final int SOFT = 2;

    /** Like {@link #HARD}, and nobody listens there. */
    private static final int HARD_DOWN = 3;

    /** Like {@link #SOFT}, and nobody listens there. */
    private static final int SOFT_DOWN = 4;

    private final AtomicInteger devices = new AtomicInteger();
    private Path folder;
    private TestCa ca;
    private OcspResponder responder;
    private Path list;
    private TestIdentity good;
    private TestIdentity revoked;
    private Server server;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        ca = TestCa.in(folder);
        responder = OcspResponder.of(ca);
        good = ca.client("good");
        revoked = ca.client("revoked");
        responder.good(good).revoked(revoked);
        list = ca.crl("ca.crl", revoked);
        TestIdentity own = ca.server();
        ServerSetup setup = ServerSetup.in(folder).with("tls: { reload-interval: 200ms }");
        String shown =
                "certificate: %s, key: %s, client-ca: %s, client-certificate: required, "
                        .formatted(own.certificateFile(), own.keyFile(), ca.caFile());
        String down = "http://127.0.0.1:%d/".formatted(setup.config().freePort());
        setup.listener(shown + "crl: [%s]".formatted(list))
                .listener(shown + "ocsp: hard, ocsp-url: \"%s\"".formatted(responder.url()))
                .listener(shown + "ocsp: soft, ocsp-url: \"%s\"".formatted(responder.url()))
                .listener(shown + "ocsp: hard, ocsp-url: \"%s\"".formatted(down))
                .listener(shown + "ocsp: soft, ocsp-url: \"%s\"".formatted(down));
        server = setup.start();
    }

    @AfterAll
    void stop() {
        server.stopCleanly(ServerSetup.PASSWORD);
        server.close();
        responder.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {LIST, HARD, SOFT, SOFT_DOWN})
    void whoIsGoodComesIn(int listener) {
        comesIn(listener, good);
    }

    @Test
    void whoIsOnTheListIsRefusedInTheHandshake() {
        isRefused(LIST, revoked, "Certificate has been revoked");
    }

    @Test
    void whoIsExpiredIsRefused() {
        for (int listener : List.of(LIST, HARD, SOFT)) {
            isRefused(listener, ca.expiredClient("late"), "validity check failed");
        }
    }

    @Test
    void whoShowsNothingIsRefused() {
        assertThatThrownBy(
                        () ->
                                new ApfDevicePeer(
                                                ApfConnection.tls(
                                                        server.tunnelDoor(LIST),
                                                        ca.clientContext()),
                                                Server.device(99, "nobody"))
                                        .start())
                .isNotNull();
        awaitLog("TLS handshake failed", "PEER_DID_NOT_RETURN_A_CERTIFICATE");
    }

    @Test
    void whoIsRevokedByTheResponderIsRefusedAfterTheHandshake() {
        isRefused(HARD, revoked, "responder says that it was revoked");
        isRefused(SOFT, revoked, "responder says that it was revoked");
    }

    @Test
    void whomTheResponderDoesNotKnowIsRefused() {
        isRefused(HARD, ca.client("unknown to hard"), "does not know it");
        isRefused(SOFT, ca.client("unknown to soft"), "does not know it");
    }

    @Test
    void whileTheResponderIsDownHardTurnsAwayAndSoftLetsInAndSaysSoOnce() {
        isRefused(HARD_DOWN, good, "cannot connect");
        assertThat(ended("certificate_unavailable")).isPositive();
        comesIn(SOFT_DOWN, good);
        comesIn(SOFT_DOWN, good);
        assertThat(
                        server.logLines()
                                .filter(line -> line.contains("OCSP responder gives no answer"))
                                .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aResumedSessionWhoseCertificateWasRevokedSinceIsRefused(String protocol) throws Exception {
        TestIdentity listed = ca.client("listed later" + protocol);
        TestIdentity answered = ca.client("answered later" + protocol);
        responder.good(answered);
        Path first = folder.resolve("listed" + protocol);
        Path second = folder.resolve("answered" + protocol);
        assertServed(session(LIST, protocol, listed, "-sess_out", first), "New");
        assertServed(session(LIST, protocol, listed, "-sess_in", first), "Reused");
        assertServed(session(HARD, protocol, answered, "-sess_out", second), "New");
        assertServed(session(HARD, protocol, answered, "-sess_in", second), "Reused");

        replaceList(revoked, listed);
        responder.revoked(answered);

        for (TestIdentity who : List.of(listed, answered)) {
            int listener = who.equals(listed) ? LIST : HARD;
            Path session = who.equals(listed) ? first : second;
            await().atMost(SOON)
                    .untilAsserted(
                            () -> {
                                Command.Result shown =
                                        session(listener, protocol, who, "-sess_in", session);
                                assertThat(shown.out())
                                        .contains("\nReused, ")
                                        .doesNotContain("HTTP/1.1 400");
                            });
            awaitLog(
                    "client certificate turned away",
                    who.certificate().getSerialNumber().toString(16));
        }
        replaceList(revoked);
    }

    private void replaceList(TestIdentity... who) throws IOException {
        Files.move(ca.crl("next.crl", who), list, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What the tunnel door says to a browser, it says only to who is let through. */
    private static void assertServed(Command.Result shown, String kind) {
        assertThat(shown.out())
                .as(shown.toString())
                .contains("\n" + kind + ", ")
                .contains("HTTP/1.1 400");
    }

    private Command.Result session(
            int listener, String protocol, TestIdentity who, String direction, Path file) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + server.config().tunnelPorts().get(listener),
                                protocol,
                                "-ign_eof",
                                "-cert",
                                who.certificateFile().toString(),
                                "-key",
                                who.keyFile().toString(),
                                direction,
                                file.toString()));
        return Command.of(words.toArray(String[]::new)).fedWith("GET / HTTP/1.0\r\n\r\n").run();
    }

    private void comesIn(int listener, TestIdentity who) {
        int number = devices.incrementAndGet();
        try (ApfDevicePeer peer = call(listener, who, number)) {
            peer.start();
            assertThat(server.api().devices(true).toString())
                    .contains(peer.device().uuid().toString());
        }
    }

    private void isRefused(int listener, TestIdentity who, String reason) {
        double before =
                ended("certificate_refused")
                        + ended("certificate_unavailable")
                        + ended("tls_failed");
        assertThatThrownBy(
                        () -> {
                            try (ApfDevicePeer peer =
                                    call(listener, who, devices.incrementAndGet())) {
                                peer.start();
                            }
                        })
                .as("%s at listener %d", who, listener)
                .isNotNull();
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(
                                                ended("certificate_refused")
                                                        + ended("certificate_unavailable")
                                                        + ended("tls_failed"))
                                        .isGreaterThan(before));
        awaitLog(who.certificate().getSerialNumber().toString(16), reason);
    }

    private double ended(String cause) {
        return server.management()
                .metrics()
                .value("outpost_tunnel_ended_total", "cause=\"" + cause + "\"");
    }

    private void awaitLog(String... words) {
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(server.logLines())
                                        .anySatisfy(line -> assertThat(line).contains(words)));
    }

    private ApfDevicePeer call(int listener, TestIdentity who, int number) {
        return new ApfDevicePeer(
                ApfConnection.tls(server.tunnelDoor(listener), ca.contextOf(who)),
                Server.device(number, "device-" + number));
    }
}
