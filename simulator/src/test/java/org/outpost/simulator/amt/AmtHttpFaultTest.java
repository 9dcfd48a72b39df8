package org.outpost.simulator.amt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.simulator.account.Account;
import org.outpost.simulator.account.Accounts;
import org.outpost.simulator.fault.FaultPlan;
import org.outpost.simulator.firmware.ControlMode;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.support.HttpConnection;
import org.outpost.simulator.support.HttpConnection.Response;
import org.outpost.simulator.support.LoopbackListener;
import org.outpost.simulator.support.SettableClock;
import org.outpost.simulator.support.TestDevice;
import org.outpost.simulator.wsman.model.AmtModel;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Accounts and faults as a console meets them: over HTTP. */
class AmtHttpFaultTest {
    private static final String GET =
            """
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
             xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
             xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">
            <s:Header><a:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/Get</a:Action>
            <a:To>/wsman</a:To><a:MessageID>1</a:MessageID>
            <w:ResourceURI>http://intel.com/wbem/wscim/1/amt-schema/1/AMT_GeneralSettings</w:ResourceURI>
            </s:Header><s:Body/></s:Envelope>
            """;

    private final SettableClock clock = new SettableClock();
    private final EventExecutor loop = new DefaultEventExecutor();
    private final Firmware firmware =
            TestDevice.firmware(
                    Generation.AMT_12_0, 2, ControlMode.ADMIN, ConsentPolicy.NONE, clock, loop);
    private final DigestClient admin = new DigestClient("admin", TestDevice.PASSWORD);

    @AfterEach
    void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void anAccountOfTheDeviceSignsInWithItsOwnPassword() throws IOException {
        onLoop(
                () -> {
                    firmware.accounts()
                            .put(
                                    new Account(
                                            3,
                                            "FCFH",
                                            Accounts.hash(
                                                    "FCFH",
                                                    firmware.accounts().realm(),
                                                    "Other0!x"),
                                            "",
                                            Account.Access.NETWORK,
                                            Set.of(),
                                            true));
                    return null;
                });
        try (LoopbackListener listener = listener("none");
                HttpConnection connection = new HttpConnection(listener.port())) {
            Response known = ask(connection, new DigestClient("FCFH", "Other0!x"));
            Response wrong = ask(connection, new DigestClient("FCFH", TestDevice.PASSWORD));

            assertThat(known.status()).isEqualTo(400);
            assertThat(known.body()).contains("AccessDenied");
            assertThat(wrong.status()).isEqualTo(401);
        }
    }

    @Test
    void theTenthFailedSignInIsAnEvent() throws IOException {
        try (LoopbackListener listener = listener("none");
                HttpConnection connection = new HttpConnection(listener.port())) {
            for (int i = 0; i < 9; i++) {
                ask(connection, new DigestClient("admin", "wrong"));
            }
            assertThat(onLoop(() -> firmware.eventLog().size())).isZero();
            ask(connection, new DigestClient("admin", "wrong"));

            assertThat(onLoop(() -> firmware.eventLog().records().getFirst().sensorType()))
                    .isEqualTo(6);
            assertThat(onLoop(() -> firmware.auditLog().count())).isEqualTo(1);
        }
    }

    @Test
    void aBusyDeviceAnswersWith503() throws IOException {
        try (LoopbackListener listener = listener("busy");
                HttpConnection connection = new HttpConnection(listener.port())) {
            assertThat(ask(connection, admin).status()).isEqualTo(503);
        }
    }

    @Test
    void aChunkedAnswerIsWhole() throws IOException {
        try (LoopbackListener listener = listener("chunked");
                HttpConnection connection = new HttpConnection(listener.port())) {
            Response response = ask(connection, admin);

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(response.header("Content-Length")).isEmpty();
        }
    }

    @Test
    void aTruncatedAnswerBreaksOffAndTheConnectionEnds() throws IOException {
        try (LoopbackListener listener = listener("truncate");
                HttpConnection connection = new HttpConnection(listener.port())) {
            Response response = ask(connection, admin);

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body().length())
                    .isLessThan(Integer.parseInt(response.header("Content-Length")));
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void aStuckDeviceNeverAnswersAndKeepsTheConnection() throws IOException {
        try (LoopbackListener listener = listener("stuck");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
                HttpConnection connection = new HttpConnection(socket)) {
            socket.setSoTimeout(300);

            assertThatThrownBy(() -> ask(connection, admin))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aSlowDeviceAnswersLater() throws IOException {
        try (LoopbackListener listener = listener("slow:200ms");
                HttpConnection connection = new HttpConnection(listener.port())) {
            long before = System.nanoTime();

            assertThat(ask(connection, admin).status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void aNonceGoesStaleAfterItsRequestsAndTheNextOneServes() throws IOException {
        try (LoopbackListener listener = listener("stale:1");
                HttpConnection connection = new HttpConnection(listener.port())) {
            assertThat(ask(connection, admin).status()).isEqualTo(200);
            Response stale = ask(connection, admin);

            assertThat(stale.status()).isEqualTo(401);
            assertThat(stale.header("WWW-Authenticate")).contains("stale=\"true\"");
            assertThat(ask(connection, admin).status()).isEqualTo(200);
        }
    }

    @Test
    void rightCredentialsAreRefusedWhenThatIsTheFault() throws IOException {
        try (LoopbackListener listener = listener("wrong-credentials");
                HttpConnection connection = new HttpConnection(listener.port())) {
            Response refused = ask(connection, admin);

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).contains("stale=\"false\"");
        }
    }

    @Test
    void theConnectionEndsAfterItsRequests() throws IOException {
        try (LoopbackListener listener = listener("close:2");
                HttpConnection connection = new HttpConnection(listener.port())) {
            assertThat(ask(connection, admin).header("Connection")).isEqualTo("close");
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void requestsThatAreSentTogetherAreAnsweredInTheirOrder() throws IOException {
        try (LoopbackListener listener = listener("slow:50ms");
                HttpConnection connection = new HttpConnection(listener.port())) {
            String challenge =
                    connection.request("POST", "/wsman", "", GET).header("WWW-Authenticate");
            String head =
                    "POST /wsman HTTP/1.1\r\nHost: x\r\nAuthorization: "
                            + admin.answer(challenge, "POST", "/wsman")
                            + "\r\nContent-Length: "
                            + GET.length()
                            + "\r\n\r\n";
            connection.send(
                    head
                            + GET
                            + head
                            + GET.replace("ID>1<", "ID>2<")
                            + head
                            + GET.replace("ID>1<", "ID>3<"));

            for (int i = 1; i <= 3; i++) {
                assertThat(connection.read().body()).contains("RelatesTo>" + i + "<");
            }
        }
    }

    private static Response ask(HttpConnection connection, DigestClient client) throws IOException {
        Response challenge = connection.request("POST", "/wsman", "", GET);
        if (challenge.status() != 401) {
            throw new EOFException("no challenge: " + challenge.statusLine());
        }
        return connection.request(
                "POST",
                "/wsman",
                "Authorization: "
                        + client.answer(challenge.header("WWW-Authenticate"), "POST", "/wsman")
                        + "\r\n",
                GET);
    }

    private LoopbackListener listener(String faults) {
        AmtDevice device =
                new AmtDevice(
                        firmware,
                        new Nonces(clock, Duration.ofMinutes(10)),
                        AmtModel.catalog(),
                        FaultPlan.parse(faults).of(firmware.profile()));
        return new LoopbackListener(new AmtHttpInitializer(device, false, 100));
    }

    private <T> T onLoop(Supplier<T> question) {
        return loop.submit(question::get).syncUninterruptibly().getNow();
    }
}
