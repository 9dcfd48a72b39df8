package org.outpost.simulator.amt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.simulator.fault.FaultSource;
import org.outpost.simulator.firmware.ControlMode;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.support.HttpConnection;
import org.outpost.simulator.support.HttpConnection.Response;
import org.outpost.simulator.support.LoopbackListener;
import org.outpost.simulator.support.SettableClock;
import org.outpost.simulator.support.TestDevice;
import org.outpost.simulator.wsman.model.AmtModel;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

class AmtHttpTest {
    private static final int REQUESTS = 20;
    private static final String IDENTIFY =
            """
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
             xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">
             <s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>
            """;

    private final SettableClock clock = new SettableClock();
    private final EventExecutor loop = new DefaultEventExecutor();
    private final Firmware firmware =
            TestDevice.firmware(
                    Generation.AMT_12_0, 2, ControlMode.ADMIN, ConsentPolicy.NONE, clock, loop);
    private final DeviceProfile profile = firmware.profile();
    private final AmtDevice device =
            new AmtDevice(
                    firmware,
                    new Nonces(clock, Duration.ofMinutes(10)),
                    AmtModel.catalog(),
                    FaultSource.NONE);
    private final LoopbackListener listener =
            new LoopbackListener(new AmtHttpInitializer(device, false, REQUESTS));
    private final DigestClient client = new DigestClient("admin", "P@ssw0rd");

    @AfterEach
    void close() {
        listener.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void theRootLeadsToTheLogonPage() throws IOException {
        try (HttpConnection connection = connect()) {
            Response root = connection.request("GET", "/", "", "");
            Response logon = connection.request("GET", "/logon.htm", "", "");

            assertThat(root.statusLine()).isEqualTo("HTTP/1.1 303 See Other");
            assertThat(root.header("Location")).isEqualTo("/logon.htm");
            assertThat(root.header("Content-Length")).isEqualTo("0");
            assertThat(logon.status()).isEqualTo(200);
            assertThat(logon.body())
                    .contains("<title>Intel&reg; Active Management Technology</title>")
                    .contains("Log On...")
                    .contains("index.htm");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 303",
        "GET, /styles.css, 200",
        "GET, /logo.gif, 200",
        "HEAD, /logon.htm, 200",
        "GET, /index.htm, 401",
        "GET, /hw-sys.htm, 401",
        "GET, /amt-storage/x, 404",
        "GET, /nothing, 404",
        "POST, /nothing, 405",
        "GET, /wsman, 405",
        "PUT, /wsman, 405",
        "DELETE, /logon.htm, 405",
        "POST, /wsman, 401"
    })
    void everyPathHasItsAnswerWithTheServerHeader(String method, String path, int status)
            throws IOException {
        try (HttpConnection connection = connect()) {
            connection.send(
                    method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            Response response = method.equals("HEAD") ? connection.readHead() : connection.read();

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("Server"))
                    .isEqualTo("Intel(R) Active Management Technology " + profile.version().text());
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void signingInShowsPowerUuidVersionAndTime() throws IOException {
        try (HttpConnection connection = connect()) {
            Response page = signIn(connection, "GET", "/index.htm", "");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(page.body())
                    .contains(profile.power().label())
                    .contains(profile.uuid().toString())
                    .contains(profile.version().text())
                    .contains("1/2/2026")
                    .contains("3:04 PM");
            assertThat(signIn(connection, "GET", "/hw-sys.htm", "").body())
                    .contains(profile.serialNumber());
        }
    }

    @Test
    void theChallengeIsOneHeader() throws IOException {
        try (HttpConnection connection = connect()) {
            Response response = connection.request("POST", "/wsman", "", IDENTIFY);

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.headers())
                    .filteredOn(line -> line.startsWith("WWW-Authenticate: Digest realm="))
                    .hasSize(1);
            assertThat(response.headers()).anyMatch(line -> line.startsWith("Server: Intel(R) "));
            assertThat(response.header("WWW-Authenticate"))
                    .startsWith("Digest realm=\"" + profile.digestRealm() + "\"");
            assertThat(response.header("Content-Type")).isEqualTo("text/html");
        }
    }

    @Test
    void aNonceServesOtherConnectionsUntilItIsStale() throws IOException {
        String challenge;
        try (HttpConnection connection = connect()) {
            challenge =
                    connection.request("POST", "/wsman", "", IDENTIFY).header("WWW-Authenticate");
        }
        String authorization =
                "Authorization: " + client.answer(challenge, "POST", "/wsman") + "\r\n";
        try (HttpConnection connection = connect()) {
            assertThat(connection.request("POST", "/wsman", authorization, IDENTIFY).status())
                    .isEqualTo(200);

            clock.advance(Duration.ofMinutes(11));
            Response stale = connection.request("POST", "/wsman", authorization, IDENTIFY);
            assertThat(stale.status()).isEqualTo(401);
            assertThat(stale.header("WWW-Authenticate")).contains("stale=\"true\"");
        }
    }

    @Test
    void identifyIsAnsweredWhateverThePrefixes() throws IOException {
        try (HttpConnection connection = connect()) {
            Response response = signIn(connection, "POST", "/wsman", IDENTIFY);

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).startsWith("application/soap+xml");
            assertThat(response.body())
                    .contains("IdentifyResponse>")
                    .contains("ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd<")
                    .contains("ProductVendor>Intel(r)<")
                    .contains("ProductVersion>AMT 12.0<");
        }
    }

    @Test
    void aChunkedBodyAfterExpectContinueIsRead() throws IOException {
        try (HttpConnection connection = connect()) {
            String challenge =
                    connection.request("POST", "/wsman", "", IDENTIFY).header("WWW-Authenticate");
            connection.send(
                    "POST /wsman HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                            + "Transfer-Encoding: chunked\r\nAuthorization: "
                            + client.answer(challenge, "POST", "/wsman")
                            + "\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(100);
            String text = IDENTIFY;
            for (int at = 0; at < text.length(); at += 50) {
                String chunk = text.substring(at, Math.min(text.length(), at + 50));
                connection.send(Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n");
            }
            connection.send("0\r\n\r\n");

            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    @Test
    void theConnectionIsClosedAfterItsRequests() throws IOException {
        try (HttpConnection connection = connect()) {
            for (int i = 1; i < REQUESTS; i++) {
                assertThat(connection.request("GET", "/logon.htm", "", "").header("Connection"))
                        .isEmpty();
            }
            assertThat(connection.request("GET", "/logon.htm", "", "").header("Connection"))
                    .isEqualTo("close");
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderAndNoneAfterTheLast() throws IOException {
        try (HttpConnection connection = connect()) {
            String last = "GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            String page = "GET /logon.htm HTTP/1.1\r\nHost: x\r\n\r\n";
            connection.send(page + page + last + page);

            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(connection.read().status()).isEqualTo(404);
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void aBodyOverTheLimitIsRefusedBeforeItIsSent() throws IOException {
        try (HttpConnection connection = connect()) {
            connection.send("POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: 65537\r\n\r\n");

            Response response = connection.read();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.header("Server")).startsWith("Intel(R) Active");
            assertThat(connection.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET / HTTP/1.1\r\nbad header\r\n\r\n",
                "POST /wsman HTTP/1.1\r\nContent-Length: x\r\n\r\n"
            })
    void whatIsNotHttpIsRefusedAndTheConnectionClosed(String request) throws IOException {
        try (HttpConnection connection = connect()) {
            connection.send(request);

            assertThat(connection.read().status()).isEqualTo(400);
            assertThat(connection.ended()).isTrue();
        }
    }

    private Response signIn(HttpConnection connection, String method, String path, String body)
            throws IOException {
        String challenge = connection.request(method, path, "", body).header("WWW-Authenticate");
        return connection.request(
                method,
                path,
                "Authorization: " + client.answer(challenge, method, path) + "\r\n",
                body);
    }

    private HttpConnection connect() throws IOException {
        return new HttpConnection(listener.port());
    }
}
