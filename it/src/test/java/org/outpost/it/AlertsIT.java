package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Hook;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.DeviceOpenedChannel;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** What a device reports through its tunnel reaches subscribers, with the device's identity. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ADMINISTRATIVELY_PROHIBITED = 1;
    private static final String EVENT =
            "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header/><s:Body>"
                    + "<CIM_AlertIndication><MessageID>iAMT0005</MessageID></CIM_AlertIndication>"
                    + "</s:Body></s:Envelope>";

    private final DeviceIdentity identity = Server.device(1, "caller.example.test");
    private Hook hook;
    private ServerSocket allowed;
    private DatagramSocket datagrams;
    private Server server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        allowed = new ServerSocket(0, 5, ServerSetup.loopback4());
        allowed.setSoTimeout(Math.toIntExact(SOON.toMillis()));
        datagrams = new DatagramSocket(0, ServerSetup.loopback4());
        datagrams.setSoTimeout(Math.toIntExact(SOON.toMillis()));
        ServerSetup setup = ServerSetup.in(folder);
        int port = setup.config().freePort();
        hook = Hook.on(port);
        server =
                setup.with("egress: { allow: [ \"127.0.0.1:%d\" ] }".formatted(port))
                        .with(
                                ("notifications: { subscribers: [ { type: cloudevents-http, url:"
                                                + " \"http://127.0.0.1:%d/\" } ] }")
                                        .formatted(port))
                        .with(
                                ("device-channels: { identify: true, allow: [ \"127.0.0.1:%d\","
                                                + " \"127.0.0.1:%d\" ] }")
                                        .formatted(
                                                allowed.getLocalPort(), datagrams.getLocalPort()))
                        .start();
    }

    @AfterAll
    void stop() throws IOException {
        server.stopCleanly(ServerSetup.PASSWORD);
        server.close();
        hook.close();
        allowed.close();
        datagrams.close();
    }

    private JsonNode alert(String kind) {
        return await().atMost(SOON)
                .until(
                        () ->
                                hook.receipts().stream()
                                        .filter(one -> one.type().equals("alert"))
                                        .filter(one -> one.device().equals(uuid()))
                                        .map(one -> one.event().path("data"))
                                        .filter(data -> data.path("kind").asString().equals(kind))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private String uuid() {
        return identity.uuid().toString();
    }

    @Test
    void anEventThatADevicePostsIsAnsweredAndTold() {
        try (ApfDevicePeer device = server.callIn(identity)) {
            DeviceOpenedChannel channel = DeviceOpenedChannel.open(device, 7, "events", 80);
            channel.send(
                    ("POST /help HTTP/1.1\r\nHost: events\r\nContent-Type:"
                                    + " application/soap+xml\r\nContent-Length: %d\r\n\r\n%s")
                            .formatted(EVENT.length(), EVENT)
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(channel.receive(12), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 20");
        }

        JsonNode data = alert("ws-event");
        assertThat(data.path("details").path("xml").asString()).isEqualTo(EVENT);
        assertThat(data.path("details").path("path").asString()).isEqualTo("/help");
        assertThat(data.path("details").path("principal").asString()).isEqualTo(ServerSetup.USER);
    }

    @Test
    void aTrapThatADeviceSendsIsTold() {
        byte[] trap = {0x30, 0x03, 0x02, 0x01, 0x00};
        try (ApfDevicePeer device = server.callIn(identity)) {
            device.connection()
                    .send(ApfBytes.udpSendTo(false, "traps", 162, "192.0.2.77", 16992, trap));

            assertThat(alert("pet").path("details").path("base64").asString())
                    .isEqualTo(Base64.getEncoder().encodeToString(trap));
        }
    }

    @Test
    void anAllowedAddressIsReachedAndToldWhoCalls() throws IOException {
        try (ApfDevicePeer device = server.callIn(Server.device(3, "helper.example.test"))) {
            DeviceOpenedChannel channel =
                    DeviceOpenedChannel.open(device, 11, "127.0.0.1", allowed.getLocalPort());
            channel.send("question".getBytes(StandardCharsets.US_ASCII));
            try (Socket called = allowed.accept()) {
                called.setSoTimeout(Math.toIntExact(SOON.toMillis()));
                InputStream in = called.getInputStream();
                byte[] head = in.readNBytes(16);
                assertThat(head)
                        .startsWith(0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51)
                        .as("PROXY protocol 2");
                byte[] rest = in.readNBytes((head[14] & 0xFF) << 8 | (head[15] & 0xFF));
                assertThat(new String(rest, StandardCharsets.ISO_8859_1))
                        .contains(device.device().uuid().toString());
                assertThat(in.readNBytes(8))
                        .isEqualTo("question".getBytes(StandardCharsets.US_ASCII));
                called.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
                assertThat(channel.receive(6))
                        .isEqualTo("answer".getBytes(StandardCharsets.US_ASCII));
                channel.close();
                assertThat(in.read()).as("the device's close is passed on").isEqualTo(-1);
            }
        }
    }

    @Test
    void aDatagramToAnAllowedAddressArrivesAsItWas() throws IOException {
        byte[] sent = "log line".getBytes(StandardCharsets.US_ASCII);
        try (ApfDevicePeer device = server.callIn(Server.device(4, "talker.example.test"))) {
            device.connection()
                    .send(
                            ApfBytes.udpSendTo(
                                    false,
                                    "127.0.0.1",
                                    datagrams.getLocalPort(),
                                    "192.0.2.77",
                                    514,
                                    sent));
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            datagrams.receive(packet);

            assertThat(Arrays.copyOf(packet.getData(), packet.getLength())).isEqualTo(sent);
        }
    }

    @Test
    void whatADeviceOpensElsewhereIsRefusedWithItsReason() {
        try (ApfDevicePeer device = server.callIn(Server.device(2, "curious.example.test"))) {
            assertThat(DeviceOpenedChannel.refused(device, 9, "127.0.0.1", 22))
                    .isEqualTo(ADMINISTRATIVELY_PROHIBITED);
        }
    }
}
