package org.outpost.server.web.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.amt.redirection.ConsentCheck;
import org.outpost.amt.redirection.RedirectionChannel;
import org.outpost.amt.redirection.RedirectionClient;
import org.outpost.amt.redirection.RedirectionCredentials;
import org.outpost.amt.redirection.RedirectionException;
import org.outpost.amt.redirection.RedirectionFailure;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.RedirectionSettings;
import org.outpost.amt.redirection.sol.SolSettings;
import org.outpost.amt.redirection.sol.SolTerminal;
import org.outpost.server.command.redirection.RelayConnector;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;
import org.outpost.server.web.amt.SimulatedDevice;

import java.net.URI;
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

/** Browsers at the relay, against a device of the simulator that calls in over a tunnel. */
@TestInstance(Lifecycle.PER_CLASS)
class RelayTest {
    private static final String PASSWORD = "correct horse battery";

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Channel> opened = new ArrayList<>();
    private final Queue<String> screen = new ConcurrentLinkedQueue<>();
    private RunningServer server;
    private SimulatedDevice device;
    private SimulatedDevice locked;
    private String token;
    private String offline;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("amt.password"), SimulatedDevice.PASSWORD + "\n");
        server =
                new RunningServer(
                        folder,
                        """
                        amt: { password-file: amt.password, timeout: 3s }
                        web: { port: 0, address: 127.0.0.1, cors-origins: ["https://portal.example"] }
                        """);
        token = server.localToken();
        device = new SimulatedDevice(server, folder, "fine");
        locked = new SimulatedDevice(server, folder, "locked");
        assertThat(
                        call(
                                        "PUT",
                                        "/devices/" + locked.guid() + "/amt-login",
                                        "{\"username\":\"admin\",\"password\":\"Wr0ng-One!\"}")
                                .status())
                .isLessThan(300);
        assertThat(call("POST", "/amt/power/action/" + device.guid(), "{\"action\":2}").status())
                .isEqualTo(200);
        try (SimulatedDevice gone = new SimulatedDevice(server, folder, "gone")) {
            offline = gone.guid();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                !call("GET", "/devices/" + offline, "")
                                        .body()
                                        .get("connectionStatus")
                                        .asBoolean());
    }

    @AfterEach
    void leave() {
        opened.forEach(Channel::close);
        await().until(() -> sessions().isEmpty());
        screen.clear();
    }

    @AfterAll
    void stop() {
        device.close();
        locked.close();
        server.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private Answer call(String method, String path, String body) throws Exception {
        return server.call(method, "/api/v1" + path, token, body);
    }

    private List<String> sessions() throws Exception {
        List<String> kinds = new ArrayList<>();
        call("GET", "/sessions", "")
                .body()
                .get("data")
                .forEach(session -> kinds.add(session.get("kind").asString()));
        return kinds;
    }

    private String ticket(String guid) throws Exception {
        return ticket(guid, token);
    }

    private String ticket(String guid, String bearer) throws Exception {
        return server.call("GET", "/api/v1/authorize/redirection/" + guid, bearer, "")
                .body()
                .get("token")
                .asString();
    }

    private RedirectionChannel open(RedirectionKind kind, String guid, String ticket) {
        RedirectionClient client =
                new RedirectionClient(
                        new RelayConnector(
                                server.url(),
                                server.trust(),
                                loops,
                                UUID.fromString(guid),
                                kind,
                                ticket),
                        RedirectionSettings.DEFAULT,
                        ConsentCheck.UNKNOWN);
        RedirectionChannel channel =
                client.open(kind, new RedirectionCredentials("nobody", "knows")).join();
        opened.add(channel.channel());
        return channel;
    }

    private static RedirectionFailure failure(Runnable opening) {
        try {
            opening.run();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RedirectionException known) {
                return known.failure();
            }
            throw e;
        }
        throw new AssertionError("it was let in");
    }

    private Channel terminal(String ticket) {
        Channel terminal =
                SolTerminal.open(
                                open(RedirectionKind.SOL, device.guid(), ticket),
                                SolSettings.DEFAULT,
                                new Screen())
                        .join();
        terminal.config().setAutoRead(true);
        return terminal;
    }

    private final class Screen extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            screen.add(bytes.toString(StandardCharsets.UTF_8));
        }
    }

    private static void type(Channel terminal, String text) {
        terminal.writeAndFlush(ByteBufUtil.writeUtf8(terminal.alloc(), text));
    }

    private void expect(String text) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(String.join("", screen)).contains(text));
    }

    /** A browser's handshake, as it is: without a client that corrects it. */
    private int status(String query, String subprotocol, String... headers) throws Exception {
        WebSocket.Builder builder =
                server.http().newWebSocketBuilder().connectTimeout(Duration.ofSeconds(20));
        if (!subprotocol.isEmpty()) {
            builder.subprotocols(subprotocol);
        }
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        CompletableFuture<WebSocket> opening =
                builder.buildAsync(address(query), new WebSocket.Listener() {});
        try {
            opening.join().abort();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    /** A browser without a toolkit that was let in. */
    private WebSocket browser(String mode, WebSocket.Listener listener) throws Exception {
        return server.http()
                .newWebSocketBuilder()
                .subprotocols(ticket(device.guid()))
                .buildAsync(address(query(device.guid(), mode)), listener)
                .join();
    }

    private URI address(String query) {
        return URI.create(
                server.url().toString().replace("https:", "wss:") + RelayDoor.PATH + query);
    }

    private static String query(String guid, String mode) {
        return "?p=2&host=" + guid + "&port=16994&tls=0&tls1only=0&mode=" + mode;
    }

    @Test
    void aShellIsTypedInto() throws Exception {
        Channel terminal = terminal(ticket(device.guid()));
        expect("login:");

        type(terminal, "root\r");
        expect("Welcome to");

        Answer status = call("GET", "/devices/redirectstatus/" + device.guid(), "");
        assertThat(status.response().body())
                .isEqualTo(
                        "{\"isKVMConnected\":false,\"isSOLConnected\":true,\"isIDERConnected\":false}");
        assertThat(sessions()).containsExactly("sol");
        terminal.close();
        await().until(() -> audit("sol-session").equals(List.of("allowed", "done")));
    }

    private List<String> audit(String action) throws Exception {
        List<String> results = new ArrayList<>();
        call("GET", "/audit?action=" + action, "")
                .body()
                .get("data")
                .forEach(entry -> results.addFirst(entry.get("result").asString()));
        return results;
    }

    @Test
    void oneTokenOpensOneSessionOfEachKind() throws Exception {
        String ticket = ticket(device.guid());
        open(RedirectionKind.SOL, device.guid(), ticket);
        open(RedirectionKind.IDER, device.guid(), ticket);
        open(RedirectionKind.KVM, device.guid(), ticket);

        assertThat(sessions()).containsExactlyInAnyOrder("sol", "ider", "kvm");
        assertThat(status(query(device.guid(), "kvm"), ticket)).isEqualTo(401);
    }

    @Test
    void aSecondSessionOfAKindIsTold() throws Exception {
        open(RedirectionKind.KVM, device.guid(), ticket(device.guid()));
        String second = ticket(device.guid());

        assertThat(failure(() -> open(RedirectionKind.KVM, device.guid(), second)))
                .isEqualTo(RedirectionFailure.BUSY);
    }

    @Test
    void somebodyElseMayEndASession() throws Exception {
        Channel terminal = terminal(ticket(device.guid()));
        long id = call("GET", "/sessions", "").body().at("/data/0/id").asLong();

        assertThat(call("DELETE", "/sessions/" + id, "").status()).isEqualTo(204);

        await().until(() -> !terminal.isOpen());
        assertThat(call("DELETE", "/sessions/" + id, "").status()).isEqualTo(404);
    }

    @Test
    void aSessionEndsWithTheRightToIt() throws Exception {
        call(
                "POST",
                "/users",
                "{\"name\":\"helper\",\"password\":\"%s\",\"grants\":[{\"role\":\"helpdesk\",\"tenant\":\"*\"}]}"
                        .formatted(PASSWORD));
        String helper = server.signIn("helper", PASSWORD);
        Channel terminal = terminal(ticket(device.guid(), helper));

        call("DELETE", "/users/helper", "");

        await().atMost(Duration.ofSeconds(20)).until(() -> !terminal.isOpen());
    }

    @Test
    void whoMayNotRedirectGetsNoToken() throws Exception {
        call(
                "POST",
                "/users",
                "{\"name\":\"looker\",\"password\":\"%s\",\"grants\":[{\"role\":\"viewer\",\"tenant\":\"*\"}]}"
                        .formatted(PASSWORD));
        String looker = server.signIn("looker", PASSWORD);

        assertThat(
                        server.call(
                                        "GET",
                                        "/api/v1/authorize/redirection/" + device.guid(),
                                        looker,
                                        "")
                                .status())
                .isEqualTo(403);
    }

    @Test
    void handshakesAreRefusedWithTheirReason() throws Exception {
        String guid = device.guid();
        assertThat(status(query(guid, "kvm"), "")).isEqualTo(401);
        assertThat(status(query(guid, "kvm"), "made-up")).isEqualTo(401);
        assertThat(status(query(guid, "kvm"), token)).isEqualTo(401);
        assertThat(status(query(guid, "kvm"), ticket(offline))).isEqualTo(401);
        assertThat(status(query(guid, "files"), ticket(guid))).isEqualTo(400);
        assertThat(status("?p=2&host=here&mode=kvm", ticket(guid))).isEqualTo(400);
        assertThat(status("", ticket(guid))).isEqualTo(400);
        assertThat(status(query(offline, "kvm"), ticket(offline))).isEqualTo(404);
    }

    @Test
    void pagesOfOtherOriginsAreKeptOut() throws Exception {
        String guid = device.guid();
        String own = server.url().toString();

        assertThat(status(query(guid, "kvm"), ticket(guid), "Origin", "https://evil.example"))
                .isEqualTo(403);
        assertThat(status(query(guid, "kvm"), ticket(guid), "Origin", "null")).isEqualTo(403);
        assertThat(status(query(guid, "kvm"), ticket(guid), "Origin", own)).isEqualTo(101);
        assertThat(status(query(guid, "kvm"), ticket(guid), "Origin", "https://portal.example"))
                .isEqualTo(101);
    }

    @Test
    void aDeviceThatRefusesItsLoginIsTold() throws Exception {
        String ticket = ticket(locked.guid());

        assertThat(failure(() -> open(RedirectionKind.SOL, locked.guid(), ticket)))
                .isEqualTo(RedirectionFailure.DEVICE_ERROR);
        await().until(() -> audit("sol-session").contains("failed"));
    }

    /** What a browser answers to a ping must not be the last that is read of it. */
    @Test
    void afterAPongTheSessionGoesOn() throws Exception {
        CompletableFuture<Integer> reply = new CompletableFuture<>();
        WebSocket socket =
                browser(
                        "sol",
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onBinary(
                                    WebSocket from, ByteBuffer bytes, boolean last) {
                                reply.complete((int) bytes.get(0));
                                return CompletableFuture.completedStage(null);
                            }
                        });
        socket.sendPong(ByteBuffer.allocate(0)).join();
        socket.sendPong(ByteBuffer.allocate(0)).join();

        byte[] start = {0x10, 0, 0, 0, 'S', 'O', 'L', ' '};
        socket.sendBinary(ByteBuffer.wrap(start), true).join();

        assertThat(reply.get(20, TimeUnit.SECONDS)).isEqualTo(0x11);
        socket.abort();
    }

    /** A browser pings, and sends text, which no console does. */
    @Test
    void textEndsASession() throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        CompletableFuture<Void> pong = new CompletableFuture<>();
        WebSocket socket =
                browser(
                        "kvm",
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
                                pong.complete(null);
                                from.request(1);
                                return CompletableFuture.completedStage(null);
                            }

                            @Override
                            public CompletionStage<?> onClose(
                                    WebSocket from, int status, String reason) {
                                closed.complete(status);
                                return CompletableFuture.completedStage(null);
                            }
                        });
        socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
        pong.get(20, TimeUnit.SECONDS);

        socket.sendText("hello", true).join();

        assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(1000);
    }
}
