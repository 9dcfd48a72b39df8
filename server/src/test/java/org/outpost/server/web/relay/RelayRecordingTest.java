package org.outpost.server.web.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.sol.SolSettings;
import org.outpost.amt.redirection.sol.SolTerminal;
import org.outpost.server.command.redirection.DeviceSession;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;
import org.outpost.server.web.amt.SimulatedDevice;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Who is recorded types into the text console of a simulated device, and others play it. */
@TestInstance(Lifecycle.PER_CLASS)
class RelayRecordingTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String NOTICE = "*** This session is recorded. ***";

    private final Queue<String> screen = new ConcurrentLinkedQueue<>();
    private final List<DeviceSession> open = new ArrayList<>();
    private RunningServer server;
    private SimulatedDevice device;
    private String local;
    private String recorded;
    private String admin;
    private String stranger;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("amt.password"), SimulatedDevice.PASSWORD + "\n");
        server = new RunningServer(folder, "amt: { password-file: amt.password, timeout: 10s }\n");
        local = server.localToken();
        device = new SimulatedDevice(server, folder, "watched");
        call(local, "POST", "/tenants", "{\"name\":\"acme\"}");
        call(local, "POST", "/tenants", "{\"name\":\"globex\"}");
        call(
                local,
                "PATCH",
                "/devices",
                "{\"guid\":\"%s\",\"tenantId\":\"acme\"}".formatted(device.guid()));
        role("watched", true);
        recorded = user("rhea", "acme", "watched");
        admin = user("ann", "acme", "administrator");
        stranger = user("gil", "globex", "administrator");
        Answer on = call(local, "POST", "/amt/power/action/" + device.guid(), "{\"action\":2}");
        assertThat(on.status()).as(on.response().body()).isEqualTo(200);
    }

    @AfterEach
    void leave() {
        open.forEach(DeviceSession::close);
        open.clear();
        screen.clear();
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                call(local, "GET", "/sessions", "").body().get("totalCount").asInt()
                                        == 0);
    }

    @AfterAll
    void stop() {
        device.close();
        server.close();
    }

    private Answer call(String token, String method, String path, String body) throws Exception {
        return server.call(method, "/api/v1" + path, token, body);
    }

    private void role(String name, boolean isRecorded) throws Exception {
        Answer made =
                call(
                        local,
                        "POST",
                        "/roles",
                        "{\"name\":\"%s\",\"tenant\":\"acme\",\"rights\":[\"view\",\"redirect\"],\"recorded\":%s}"
                                .formatted(name, isRecorded));
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        assertThat(made.body().get("recorded").asBoolean()).isEqualTo(isRecorded);
    }

    private String user(String name, String tenant, String role) throws Exception {
        Answer made =
                call(
                        local,
                        "POST",
                        "/users",
                        "{\"name\":\"%s\",\"tenant\":\"%s\",\"password\":\"%s\",\"grants\":[{\"role\":\"%s\",\"tenant\":\"%s\"}]}"
                                .formatted(name, tenant, PASSWORD, role, tenant));
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        return server.signIn(name, PASSWORD);
    }

    private String ticket(String token) throws Exception {
        return call(token, "GET", "/authorize/redirection/" + device.guid(), "")
                .body()
                .get("token")
                .asString();
    }

    private final class Screen extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            screen.add(bytes.toString(StandardCharsets.UTF_8));
        }
    }

    private DeviceSession session() {
        DeviceSession session = new DeviceSession(server.url(), server.trust());
        open.add(session);
        return session;
    }

    private Channel terminal(DeviceSession session, String token) throws Exception {
        Channel terminal =
                SolTerminal.open(
                                session.open(
                                        RedirectionKind.SOL,
                                        UUID.fromString(device.guid()),
                                        ticket(token)),
                                SolSettings.DEFAULT,
                                new Screen())
                        .join();
        terminal.config().setAutoRead(true);
        return terminal;
    }

    private void expect(String text) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(String.join("", screen)).contains(text));
    }

    private static void type(Channel terminal, String text) {
        terminal.writeAndFlush(ByteBufUtil.writeUtf8(terminal.alloc(), text));
    }

    private JsonNode newest() throws Exception {
        return call(admin, "GET", "/recordings?guid=" + device.guid(), "").body().at("/data/0");
    }

    private List<String> audit(String action) throws Exception {
        List<String> entries = new ArrayList<>();
        call(admin, "GET", "/audit?action=" + action, "")
                .body()
                .get("data")
                .forEach(
                        entry ->
                                entries.addFirst(
                                        "%s %s %s %s"
                                                .formatted(
                                                        entry.get("user").asString(),
                                                        entry.get("device").asString(),
                                                        entry.get("target").asString(),
                                                        entry.get("result").asString())));
        return entries;
    }

    @Test
    void whatARecordedUserSeesIsPlayedByTheirAdministrator() throws Exception {
        DeviceSession session = session();
        Channel terminal = terminal(session, recorded);
        expect(NOTICE);
        expect("login:");
        type(terminal, "root\r");
        expect("Welcome to");
        assertThat(session.isRecorded()).isTrue();

        JsonNode running = newest();
        String id = running.get("id").asString();
        assertThat(running.get("state").asString()).isEqualTo("running");
        assertThat(running.get("user").asString()).isEqualTo("rhea");
        assertThat(call(admin, "GET", "/recordings/" + id + "/cast", "").response().body())
                .contains("login:");
        assertThat(call(admin, "DELETE", "/recordings/" + id, "").status()).isEqualTo(409);
        assertThat(call(admin, "GET", "/sessions", "").body().at("/data/0/recorded").asBoolean())
                .isTrue();
        terminal.close();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> newest().get("state").asString().equals("whole"));

        HttpResponse<String> cast =
                call(admin, "GET", "/recordings/" + id + "/cast", "").response();

        assertThat(cast.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/x-asciicast");
        List<String> lines = cast.body().lines().toList();
        assertThat(lines.getFirst()).startsWith("{\"version\": 2, \"width\": 80");
        assertThat(lines.get(1)).contains(NOTICE);
        assertThat(cast.body()).contains("login:").contains("Welcome to");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(audit("play-recording"))
                                        .contains(
                                                "ann %s %s allowed".formatted(device.guid(), id),
                                                "ann %s %s done".formatted(device.guid(), id)));
        othersDoNotSee(id);
        assertThat(call(admin, "DELETE", "/recordings/" + id, "").status()).isEqualTo(204);
        assertThat(call(admin, "GET", "/recordings/" + id, "").status()).isEqualTo(404);
        assertThat(server.data("recordings/" + id + ".cast")).doesNotExist();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(audit("remove-recording"))
                                        .contains(
                                                "ann %s %s allowed".formatted(device.guid(), id),
                                                "ann %s %s done".formatted(device.guid(), id)));
    }

    private void othersDoNotSee(String id) throws Exception {
        assertThat(call(stranger, "GET", "/recordings", "").body().get("totalCount").asInt())
                .isZero();
        for (String path : List.of("/recordings/" + id, "/recordings/" + id + "/cast")) {
            assertThat(call(stranger, "GET", path, "").status()).isEqualTo(404);
            assertThat(call(recorded, "GET", path, "").status()).isEqualTo(403);
            assertThat(call("", "GET", path, "").status()).isEqualTo(401);
        }
        assertThat(call(stranger, "DELETE", "/recordings/" + id, "").status()).isEqualTo(404);
    }

    @Test
    void whoIsNotRecordedLeavesNoRecordingAndIsToldNothing() throws Exception {
        int before = call(local, "GET", "/recordings", "").body().get("totalCount").asInt();
        DeviceSession session = session();
        Channel terminal = terminal(session, admin);
        expect("login:");

        assertThat(session.isRecorded()).isFalse();
        assertThat(String.join("", screen)).doesNotContain("recorded");
        terminal.close();
        assertThat(call(local, "GET", "/recordings", "").body().get("totalCount").asInt())
                .isEqualTo(before);
    }

    /** Open DMT's toolkit gives up at a byte that it does not know. */
    @Test
    void theMarkerComesFirstAndOnlyToWhoKnowsIt() throws Exception {
        assertThat(answered("")).isEqualTo("11");
        assertThat(answered("&marker=1")).isEqualTo("f0");
    }

    /** The first byte that a session's start is answered with. */
    private String answered(String more) throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        WebSocket socket =
                opening(
                                more,
                                new WebSocket.Listener() {
                                    @Override
                                    public CompletionStage<?> onBinary(
                                            WebSocket from, ByteBuffer bytes, boolean last) {
                                        first.complete("%02x".formatted(bytes.get(0)));
                                        return CompletableFuture.completedStage(null);
                                    }
                                })
                        .join();
        byte[] start = {0x10, 0, 0, 0, 'S', 'O', 'L', ' '};
        socket.sendBinary(ByteBuffer.wrap(start), true).join();
        String answer = first.get(20, TimeUnit.SECONDS);
        socket.abort();
        leave();
        return answer;
    }

    private CompletableFuture<WebSocket> opening(String more, WebSocket.Listener listener)
            throws Exception {
        return server.http()
                .newWebSocketBuilder()
                .subprotocols(ticket(recorded))
                .buildAsync(
                        URI.create(
                                server.url().toString().replace("https:", "wss:")
                                        + RelayDoor.PATH
                                        + "?p=2&host="
                                        + device.guid()
                                        + "&port=16994&mode=sol"
                                        + more),
                        listener);
    }

    @Test
    void whatMustBeRecordedAndCannotBeIsRefused() throws Exception {
        Path folder = server.data("recordings");
        Path aside = server.data("recordings-aside");
        if (Files.exists(folder)) {
            Files.move(folder, aside);
        }
        Files.writeString(folder, "in the way");
        int status = 101;
        try {
            opening("", new WebSocket.Listener() {}).join().abort();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                status = refused.getResponse().statusCode();
            }
        } finally {
            Files.delete(folder);
            if (Files.exists(aside)) {
                Files.move(aside, folder);
            }
        }

        assertThat(status).isEqualTo(503);
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                call(admin, "GET", "/audit?action=sol-session&result=failed", "")
                                        .response()
                                        .body()
                                        .contains("no recording can be written"));
    }

    @Test
    void whoseRoleBecomesRecordedComesAgain() throws Exception {
        role("soon", false);
        String otto = user("otto", "acme", "soon");
        Channel terminal = terminal(session(), otto);
        expect("login:");

        Answer changed =
                call(
                        local,
                        "PUT",
                        "/roles/soon",
                        "{\"tenant\":\"acme\",\"rights\":[\"view\",\"redirect\"],\"recorded\":true}");

        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20)).until(() -> !terminal.isOpen());
        Answer again =
                call(
                        local,
                        "PUT",
                        "/roles/soon",
                        "{\"tenant\":\"acme\",\"rights\":[\"view\",\"redirect\"]}");
        assertThat(again.body().get("recorded").asBoolean()).isTrue();
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                call(admin, "GET", "/audit?action=change-role", "")
                                        .response()
                                        .body()
                                        .contains("\"recorded\":\"true\""));
    }
}
