package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.MutualTls;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.Stage;
import org.outpost.testkit.apf.WireMessage;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;
import org.outpost.testkit.process.OutpostConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import javax.net.ssl.SSLContext;

/** Devices whose certificate is their sign-in: APF's method "none", or no sign-in at all. */
final class CertificateSignInIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;

    @Test
    void aVerifiedCertificateThatNamesTheDeviceStandsForAPassword() throws IOException {
        TestCa ca = TestCa.in(Files.createDirectory(folder.resolve("certificates")));
        DeviceIdentity device = Server.device(1, "certified.example.test");
        DeviceIdentity other = Server.device(2, "other.example.test");
        TestIdentity own = ca.client(device.uuid().toString());
        ServerSetup setup =
                ServerSetup.in(folder)
                        .listener(
                                "client-certificate: optional, client-ca: %s"
                                        .formatted(ca.caFile()));
        Path passwords = setup.config().passwordFile();
        setup.config()
                .deviceAuthenticator(
                        """
                        { type: client-certificate, principal: cn, must-name: uuid }
                            - { type: password-file, file: %s }\
                        """
                                .formatted(passwords));
        try (Server server = setup.start()) {
            SSLContext certified = MutualTls.context(server.caFile(), own);
            byte[] none = ApfBytes.userauthNone("");

            assertThat(answer(server, certified, device, none))
                    .isInstanceOf(WireMessage.UserauthSuccess.class);
            server.process()
                    .awaitLog(
                            "device connected.*principal=\"certificate:" + device.uuid(), PATIENCE);
            withoutAnySignIn(server, certified, device);

            assertThat(answer(server, certified, other, none))
                    .as("a certificate of another device")
                    .isInstanceOf(WireMessage.UserauthFailure.class);
            assertThat(
                            answer(
                                    server,
                                    certified,
                                    other,
                                    ApfBytes.userauthPassword(
                                            ServerSetup.USER, ServerSetup.PASSWORD)))
                    .as("the password that comes along is asked next")
                    .isInstanceOf(WireMessage.UserauthSuccess.class);
            assertThat(answer(server, server.trust(), device, none))
                    .as("no certificate")
                    .isInstanceOf(WireMessage.UserauthFailure.class);
            server.stopCleanly(ServerSetup.PASSWORD);
        }
    }

    /** Not even where everybody is let in. */
    @Test
    void noneWithoutACertificateIsRefusedWhoeverDecides() {
        ServerSetup setup = ServerSetup.in(folder).listener(OutpostConfig.Tls.MODERN);
        setup.config().deviceAuthenticator("{ type: insecure-accept-any }");
        try (Server server = setup.start()) {
            DeviceIdentity device = Server.device(1, "nobody.example.test");

            assertThat(answer(server, server.trust(), device, ApfBytes.userauthNone("x")))
                    .isInstanceOf(WireMessage.UserauthFailure.class);
            assertThat(
                            answer(
                                    server,
                                    server.trust(),
                                    device,
                                    ApfBytes.userauthPassword("any", "word")))
                    .isInstanceOf(WireMessage.UserauthSuccess.class);
            server.stopCleanly();
        }
    }

    private static WireMessage answer(
            Server server, SSLContext tls, DeviceIdentity device, byte[] request) {
        try (ApfDevicePeer peer =
                new ApfDevicePeer(ApfConnection.tls(server.tunnelDoor(), tls), device)) {
            peer.reach(Stage.AUTHENTICATING);
            peer.connection().send(request);
            return peer.connection().receive(PATIENCE).orElseThrow();
        }
    }

    /** Some firmware asks for the port forwarding service at once (apf.md section 1.4). */
    private static void withoutAnySignIn(Server server, SSLContext tls, DeviceIdentity device) {
        try (ApfDevicePeer peer =
                new ApfDevicePeer(ApfConnection.tls(server.tunnelDoor(), tls), device)) {
            peer.reach(Stage.VERSIONED);
            peer.connection().send(ApfBytes.serviceRequest(ApfBytes.PFWD));
            WireMessage answer = peer.connection().receive(PATIENCE).orElseThrow();
            while (answer instanceof WireMessage.ProtocolVersion) {
                answer = peer.connection().receive(PATIENCE).orElseThrow();
            }
            assertThat(answer).isInstanceOf(WireMessage.ServiceAccept.class);
        }
    }
}
