package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Curl;
import org.outpost.it.support.Devices;
import org.outpost.it.support.Listening;
import org.outpost.it.support.MutualTls;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;
import org.outpost.testkit.process.NeedsTool;
import org.outpost.testkit.socks.HttpProxyClient;
import org.outpost.testkit.socks.SocksClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Consoles that show who they are: passwords, and certificates over TLS. */
@NeedsTool("curl")
final class CurlSignInIT {
    private static final String GOOD = "console:C0nsole-Passw0rd";
    private static final String BAD = "console:wr0ng-Passw0rd";
    private static final String DEVICE = "http://guarded.example.test:16992/";

    @TempDir Path folder;

    @Test
    void aRightPasswordOpensBothDoorsAndAWrongOneNeither() {
        try (Server server = ServerSetup.in(folder).consoles(GOOD).start();
                Devices devices = new Devices(server)) {
            devices.web("guarded.example.test");
            String proxy = "http://127.0.0.1:" + server.config().httpProxyPort();
            String socks = "127.0.0.1:" + server.config().socksPort();
            assertThat(Listening.addresses(server.config().httpProxyPort()))
                    .as("doors that ask for a password are open to all")
                    .containsExactly("*");

            assertThat(Curl.show("--proxy", proxy, DEVICE))
                    .startsWith("HTTP/1.1 407 ")
                    .containsIgnoringCase("proxy-authenticate: basic");
            assertThat(Curl.show("--proxy", proxy, "-U", BAD, DEVICE)).startsWith("HTTP/1.1 407 ");
            assertThat(Curl.show("--proxy", proxy, "-U", GOOD, DEVICE))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("X-Device: guarded.example.test")
                    .doesNotContainIgnoringCase("proxy-authorization:");
            assertThat(
                            Curl.run("--proxytunnel", "--proxy", proxy, "-U", GOOD, DEVICE)
                                    .succeeded()
                                    .out())
                    .contains("GET / HTTP/1.1");
            assertThat(Curl.run("--proxytunnel", "--proxy", proxy, "-U", BAD, DEVICE).exit())
                    .isNotZero();

            String[] good = GOOD.split(":", 2);
            assertThat(
                            Curl.run("--proxy", "socks5h://" + GOOD + "@" + socks, DEVICE)
                                    .succeeded()
                                    .out())
                    .contains("GET / HTTP/1.1");
            assertThat(Curl.run("--proxy", "socks5h://" + BAD + "@" + socks, DEVICE).exit())
                    .isEqualTo(97);
            assertThat(Curl.run("--socks5-hostname", socks, DEVICE).exit()).isEqualTo(97);
            assertThat(Curl.run("--socks4a", socks, DEVICE).exit()).isNotZero();

            server.stopCleanly(good[1], BAD.split(":", 2)[1], ServerSetup.PASSWORD);
        }
    }

    @Test
    void whoIsNotOnADoorsListIsSentAwayThereAndServedAtTheOther() {
        try (Server server =
                        ServerSetup.in(folder)
                                .set("http-proxy.allow", "[10.0.0.0/8, \"2001:db8::/32\"]")
                                .set("socks.allow", "[127.0.0.0/8]")
                                .start();
                HttpProxyClient stranger =
                        HttpProxyClient.open(server.httpProxy(), Duration.ofSeconds(10));
                SocksClient guest = SocksClient.open(server.socks(), Duration.ofSeconds(10))) {
            assertThat(stranger.stream().hasEnded()).isTrue();
            assertThat(guest.connect("nobody.example.test", 16992)).isEqualTo(4);
            server.process()
                    .awaitLog("door=\"http-proxy\".*127\\.0\\.0\\.1", Duration.ofSeconds(10));
            server.stopCleanly(ServerSetup.PASSWORD);
        }
    }

    @Test
    void bothDoorsSpeakTlsAndAskForACertificate() throws IOException {
        Path clients = folder.resolve("clients");
        Files.createDirectory(clients);
        TestCa ca = TestCa.in(clients);
        TestIdentity good = ca.client("console");
        TestIdentity expired = ca.expiredClient("old-console");
        ServerSetup setup = ServerSetup.in(folder);
        for (String door : new String[] {"http-proxy", "socks"}) {
            setup.set(door + ".tls", "modern")
                    .set(door + ".client-certificate", "required")
                    .set(door + ".client-ca", ca.caFile());
        }
        try (Server server = setup.start();
                Devices devices = new Devices(server)) {
            devices.web("guarded.example.test");
            String proxy = "https://localhost:" + server.config().httpProxyPort();
            String trust = server.caFile().toString();

            assertThat(
                            Curl.show(
                                    "--proxy",
                                    proxy,
                                    "--proxy-cacert",
                                    trust,
                                    "--proxy-cert",
                                    good.certificateFile().toString(),
                                    "--proxy-key",
                                    good.keyFile().toString(),
                                    DEVICE))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("X-Device: guarded.example.test");
            assertThat(Curl.run("--proxy", proxy, "--proxy-cacert", trust, DEVICE).exit())
                    .as("no certificate")
                    .isNotZero();
            assertThat(
                            Curl.run(
                                            "--proxy",
                                            proxy,
                                            "--proxy-cacert",
                                            trust,
                                            "--proxy-cert",
                                            expired.certificateFile().toString(),
                                            "--proxy-key",
                                            expired.keyFile().toString(),
                                            DEVICE)
                                    .exit())
                    .as("an expired certificate")
                    .isNotZero();
            assertThat(
                            Curl.run(
                                            "--proxy",
                                            "http://127.0.0.1:" + server.config().httpProxyPort(),
                                            DEVICE)
                                    .exit())
                    .as("no TLS")
                    .isNotZero();

            // curl speaks no SOCKS over TLS; the server's CA is not the clients', so the context
            // has to trust the one and show a certificate of the other
            try (SocksClient console =
                    SocksClient.openTls(
                            server.socks(),
                            Duration.ofSeconds(10),
                            MutualTls.context(server.caFile(), good))) {
                assertThat(console.connect("guarded.example.test", 16992))
                        .isEqualTo(SocksClient.SUCCEEDED);
                console.stream().send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(console.stream().readLine()).isEqualTo("HTTP/1.1 200 OK");
            }
            server.stopCleanly(ServerSetup.PASSWORD);
        }
    }
}
