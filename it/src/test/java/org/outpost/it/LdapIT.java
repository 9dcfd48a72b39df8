package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Curl;
import org.outpost.it.support.Devices;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.it.support.Slapd;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.Stage;
import org.outpost.testkit.apf.WireMessage;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.process.NeedsTool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Devices and consoles that a real directory knows: OpenLDAP, over StartTLS. */
@NeedsTool({"slapd", "curl"})
final class LdapIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String USERS =
            """
            dn: uid=device-user,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: device-user
            cn: fleet
            sn: fleet
            userPassword: D3vice-Passw0rd

            dn: uid=alice,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: alice
            cn: Alice
            sn: Example
            mail: alice@example.com
            userPassword: Al1ce-Passw0rd

            dn: uid=mallory,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: mallory
            cn: Mallory
            sn: Example
            userPassword: M4llory-Passw0rd

            dn: cn=helpdesk,dc=example,dc=com
            objectClass: groupOfNames
            cn: helpdesk
            member: uid=alice,dc=example,dc=com
            """;

    @TempDir Path folder;

    @Test
    void aDirectoryDecidesAboutDevicesAndConsolesAndMayBeAwayForAWhile() throws IOException {
        Path certificates = Files.createDirectory(folder.resolve("certificates"));
        TestCa ca = TestCa.in(certificates);
        Path password = Files.writeString(folder.resolve("service"), Slapd.SERVICE_PASSWORD + "\n");
        try (Slapd slapd = new Slapd(folder.resolve("slapd"), ca.server(), USERS)) {
            ServerSetup setup = ServerSetup.in(folder);
            setup.config()
                    .deviceAuthenticator(
                            "{ type: ldap, urls: [\"%s\"], start-tls: true, ca: %s, bind-dn: \"uid={user},%s\", remember: 0s }"
                                    .formatted(slapd.url(), ca.caFile(), Slapd.BASE))
                    .consoleAuthenticator(
                            "{ type: ldap, urls: [\"%s\"], start-tls: true, ca: %s, base: \"%s\", filter: \"(|(uid={user})(mail={user}))\", service-dn: \"%s\", service-password-file: %s, group: \"cn=helpdesk,%s\" }"
                                    .formatted(
                                            slapd.url(),
                                            ca.caFile(),
                                            Slapd.BASE,
                                            Slapd.SERVICE,
                                            password,
                                            Slapd.BASE));
            try (Server server = setup.start();
                    Devices devices = new Devices(server)) {
                devices.web("guarded.example.test");
                consoles(server);
                aWrongPasswordIsRefused(server, devices);
                aDeviceIsHeldUntilTheDirectoryIsBack(server, devices, slapd);
                server.stopCleanly(
                        ServerSetup.PASSWORD,
                        Slapd.SERVICE_PASSWORD,
                        "Al1ce-Passw0rd",
                        "M4llory-Passw0rd");
            }
        }
    }

    private static void consoles(Server server) {
        String proxy = "http://127.0.0.1:" + server.config().httpProxyPort();
        String page = "http://guarded.example.test:16992/";
        for (String good :
                new String[] {"alice:Al1ce-Passw0rd", "alice@example.com:Al1ce-Passw0rd"}) {
            assertThat(Curl.show("--proxy", proxy, "-U", good, page)).startsWith("HTTP/1.1 200 ");
        }
        for (String bad :
                new String[] {
                    "alice:wrong-Passw0rd", "alice:", "mallory:M4llory-Passw0rd", "*:Al1ce-Passw0rd"
                }) {
            assertThat(Curl.show("--proxy", proxy, "-U", bad, page))
                    .as(bad)
                    .startsWith("HTTP/1.1 407 ");
        }
        server.process().awaitLog("not a member of the group", PATIENCE);
    }

    private static void aWrongPasswordIsRefused(Server server, Devices devices) {
        try (ApfDevicePeer peer =
                new ApfDevicePeer(
                        ApfConnection.tls(server.tunnelDoor(), server.trust()),
                        devices.next("stranger.example.test"))) {
            peer.reach(Stage.AUTHENTICATING);
            peer.connection().send(ApfBytes.userauthPassword(ServerSetup.USER, "wrong"));
            peer.expect(WireMessage.UserauthFailure.class);
        }
    }

    private static void aDeviceIsHeldUntilTheDirectoryIsBack(
            Server server, Devices devices, Slapd slapd) throws IOException {
        slapd.stop();
        try (ApfDevicePeer peer =
                new ApfDevicePeer(
                        ApfConnection.tls(server.tunnelDoor(), server.trust()),
                        devices.next("patient.example.test"))) {
            peer.reach(Stage.AUTHENTICATING);
            peer.connection()
                    .send(ApfBytes.userauthPassword(ServerSetup.USER, ServerSetup.PASSWORD));
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    server.management()
                                                    .metrics()
                                                    .value(
                                                            "outpost_authentication_held",
                                                            "for=\"device\"")
                                            == 1);
            slapd.again();
            assertThat(peer.connection().receive(PATIENCE))
                    .get()
                    .isInstanceOf(WireMessage.UserauthSuccess.class);
        }
    }
}
