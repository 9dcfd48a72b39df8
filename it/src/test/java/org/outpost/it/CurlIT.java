package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.it.support.Curl;
import org.outpost.it.support.Devices;
import org.outpost.it.support.DownloadDevice;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.HttpEchoService;
import org.outpost.it.support.Pattern;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfConnection;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.DeviceManners;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** curl, which knows nothing of tunnels, reaches devices through the ordinary doors. */
@NeedsTool("curl")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CurlIT {
    private static final int DOWNLOAD = 50 * 1024 * 1024;
    private static final int UPLOAD = 4 * 1024 * 1024;
    private static final String SEED = "curl";
    private static final String AMT = Fleet.AMT_USER + ":" + Fleet.AMT_PASSWORD;

    private Path folder;

    private Server server;
    private Devices devices;
    private Fleet fleet;
    private List<Fleet.Member> simulated;
    private String proxy;
    private String socks;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        server = ServerSetup.in(folder).set("console.timeouts.connect", "4s").start();
        proxy = "http://127.0.0.1:" + server.config().httpProxyPort();
        socks = "127.0.0.1:" + server.config().socksPort();
        devices = new Devices(server);
        devices.web("one.example.test");
        devices.web("two.example.test");
        devices.web("twin.example.test");
        devices.web("twin.example.test");
        devices.refusing("refuses.example.test");
        devices.mute("mute.example.test");
        devices.gone("gone.example.test");
        DownloadDevice.serve(devices.mute("download.example.test"), DOWNLOAD);
        simulated = Fleet.list(SEED, 2);
        fleet =
                Fleet.start(folder.resolve("fleet.log"), server.tunnelDoor(), SEED, 2)
                        .awaitConnected(Duration.ofSeconds(60));
    }

    @AfterAll
    void stop() {
        fleet.close();
        devices.close();
        server.stopCleanly(ServerSetup.PASSWORD, Fleet.AMT_PASSWORD);
        server.close();
    }

    @Test
    void getReachesTheDeviceWithoutWhatIsMeantForTheProxy() {
        String answer =
                Curl.show(
                        "--proxy",
                        proxy,
                        "-H",
                        "Proxy-Connection: keep-alive",
                        "-H",
                        "X-Mine: yes",
                        "http://one.example.test/path?query=1");

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("X-Device: one.example.test");
        assertThat(answer)
                .contains("GET /path?query=1 HTTP/1.1\r\n", "X-Mine: yes")
                .containsIgnoringCase("host: one.example.test\r\n")
                .doesNotContainIgnoringCase("proxy-connection:");
    }

    @Test
    void postReachesTheDeviceAndItsEchoTheConsole() {
        assertThat(through(proxy, "http://two.example.test:16992/echo", "-d", "some form"))
                .isEqualTo("some form");
    }

    @Test
    void theUuidIsAName() {
        String uuid = Server.device(1, "").uuid().toString();

        assertThat(Curl.show("--proxy", proxy, "http://" + uuid + ":16992/"))
                .contains("X-Device: one.example.test");
    }

    @Test
    void everyRequestOfAKeptConnectionReachesTheDeviceItNames() {
        String answers =
                Curl.show(
                        "-v",
                        "--proxy",
                        proxy,
                        "http://one.example.test/1",
                        "http://two.example.test/2",
                        "http://two.example.test/3",
                        "http://one.example.test/4");
        List<String> reached =
                answers.lines().filter(line -> line.startsWith("X-Device: ")).toList();

        assertThat(reached)
                .containsExactly(
                        "X-Device: one.example.test",
                        "X-Device: two.example.test",
                        "X-Device: two.example.test",
                        "X-Device: one.example.test");
        assertThat(
                        through(
                                proxy,
                                "http://one.example.test/1",
                                "-w",
                                "connects=%{num_connects}\n",
                                "http://two.example.test/2"))
                .as("the second request took the first one's connection")
                .contains("connects=1\n", "connects=0\n");
    }

    @Test
    void digestThroughTheProxySignsInAtTheSimulatedDevice() {
        String name = simulated.getFirst().name();

        assertThat(Curl.show("--proxy", proxy, "http://" + name + "/index.htm"))
                .startsWith("HTTP/1.1 401 ");
        assertThat(through(proxy, "http://" + name + "/index.htm", "--digest", "-u", AMT))
                .contains("<html", "Active Management Technology");
    }

    @Test
    void connectCarriesTheDevicesOwnTls() {
        String name = simulated.get(1).name();

        assertThat(through(proxy, "https://" + name + ":16993/logon.htm", "-k", "--proxytunnel"))
                .contains("Active Management Technology");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--socks5-hostname", "--socks4a"})
    void socksCarriesNamesToTheServer(String option) {
        assertThat(Curl.run(option, socks, "http://two.example.test:16992/").succeeded().out())
                .contains("GET / HTTP/1.1", "Host: two.example.test:16992");
    }

    @Test
    void digestThroughSocksSignsInAtTheSimulatedDevice() {
        String name = simulated.getFirst().name();

        assertThat(
                        through(
                                "socks5h://" + socks,
                                "http://" + name + ":16992/hw-sys.htm",
                                "--digest",
                                "-u",
                                AMT))
                .contains("<html");
    }

    @ParameterizedTest
    @CsvSource({
        "http://nobody.example.test/, 502, No device",
        "http://gone.example.test/, 503, not connected",
        "http://twin.example.test/, 409, Several devices",
        "http://refuses.example.test/, 502, refused port 16992",
        "http://mute.example.test/, 504, did not answer in time",
        "http://one.example.test:22/, 403, 22",
    })
    void aFailureHasAStatusAndAPlainReasonInTime(String uri, int status, String reason) {
        long start = System.nanoTime();

        String answer = Curl.show("--proxy", proxy, uri);

        assertThat(answer).startsWith("HTTP/1.1 %d ".formatted(status)).contains(reason);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody.example.test:16992, 502",
        "gone.example.test:16992, 503",
        "one.example.test:22, 403",
    })
    void connectFailsWithTheSameStatuses(String authority, int status) {
        Command.Result result =
                Curl.run(
                        "-w",
                        "%{http_connect}",
                        "--proxytunnel",
                        "--proxy",
                        proxy,
                        "http://" + authority + "/");

        assertThat(result.exit()).isNotZero();
        assertThat(result.out()).endsWith(Integer.toString(status));
    }

    @Test
    void bothDoorsAndTheTunnelDoorSpeakIpv6() {
        DeviceIdentity identity = devices.next("six.example.test");
        InetSocketAddress door =
                new InetSocketAddress(ServerSetup.loopback6(), server.config().tunnelPort());
        devices.keep(new ApfDevicePeer(ApfConnection.tls(door, server.trust()), identity))
                .start()
                .serve(DeviceManners.decent(), open -> new HttpEchoService(identity.name()));

        assertThat(
                        Curl.show(
                                "--proxy",
                                "http://[::1]:" + server.config().httpProxyPort(),
                                "http://six.example.test/"))
                .contains("X-Device: six.example.test");
        assertThat(
                        Curl.show(
                                "--proxytunnel",
                                "--proxy",
                                "http://[::1]:" + server.config().httpProxyPort(),
                                "http://six.example.test:16992/"))
                .contains("X-Device: six.example.test");
        assertThat(
                        Curl.show(
                                "--socks5-hostname",
                                "[::1]:" + server.config().socksPort(),
                                "http://six.example.test:16992/"))
                .contains("X-Device: six.example.test");
    }

    @Test
    void aLargeUploadWaitsForItsContinueAndArrivesWhole() throws Exception {
        Path file = folder.resolve("upload");
        byte[] body = Pattern.bytes(1, 0, UPLOAD);
        Files.write(file, body);
        String expected = UPLOAD + " " + sha256(body);
        String put = "http://one.example.test/put";
        String expect = "Expect: 100-continue";

        assertThat(
                        through(
                                proxy,
                                put,
                                "--expect100-timeout",
                                "40",
                                "-H",
                                expect,
                                "-T",
                                file.toString()))
                .isEqualToIgnoringNewLines(expected);
        assertThat(
                        through(
                                proxy,
                                put,
                                "-H",
                                "Transfer-Encoding: chunked",
                                "-H",
                                "Expect:",
                                "-T",
                                file.toString()))
                .as("chunked")
                .isEqualToIgnoringNewLines(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--proxy", "--socks5-hostname"})
    void fiftyMegabytesComeThroughIntact(String option) throws Exception {
        Path file = folder.resolve("download");

        Curl.run(
                        option,
                        option.equals("--proxy") ? proxy : socks,
                        "-o",
                        file.toString(),
                        "http://download.example.test:16992/")
                .succeeded();

        assertThat(Files.size(file)).isEqualTo(DOWNLOAD);
        assertThat(sha256(Files.readAllBytes(file)))
                .isEqualTo(sha256(Pattern.bytes(DownloadDevice.SEED, 0, DOWNLOAD)));
    }

    /** The body of the answer through a proxy, which has to succeed. */
    private static String through(String proxy, String uri, String... options) {
        List<String> words = new ArrayList<>(List.of("--proxy", proxy));
        words.addAll(Arrays.asList(options));
        words.add(uri);
        return Curl.run(words.toArray(String[]::new)).succeeded().out();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
