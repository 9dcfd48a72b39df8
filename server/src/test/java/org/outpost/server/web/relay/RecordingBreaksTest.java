package org.outpost.server.web.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.access.AccessControl;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.sol.SolSettings;
import org.outpost.amt.redirection.sol.SolTerminal;
import org.outpost.database.Database;
import org.outpost.inventory.Inventory;
import org.outpost.inventory.recording.Recording;
import org.outpost.inventory.recording.RecordingStore;
import org.outpost.server.command.redirection.DeviceSession;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.amt.SimulatedDevice;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** There is room for little more in all recordings together. */
class RecordingBreaksTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String SETTINGS =
            """
            amt: { password-file: amt.password, timeout: 10s }
            recordings: { largest: 1 }
            """;

    private final Queue<String> screen = new ConcurrentLinkedQueue<>();

    @Test
    void aConsoleEndsWhenItCannotBeRecordedAnyMore(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("amt.password"), SimulatedDevice.PASSWORD + "\n");
        new RunningServer(folder, SETTINGS).close();
        fill(folder.resolve("data/outpost.db"), (1 << 20) - 1000);
        try (RunningServer server = new RunningServer(folder, SETTINGS);
                SimulatedDevice device = new SimulatedDevice(server, folder, "flood");
                DeviceSession session = new DeviceSession(server.url(), server.trust())) {
            String token = server.localToken();
            server.call(
                    "POST", "/api/v1/amt/power/action/" + device.guid(), token, "{\"action\":2}");
            Channel terminal = terminal(server, session, device.guid());

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> String.join("", screen).contains("login:"));
            type(terminal, "root\ryes " + "x".repeat(60) + "\r");

            await().atMost(Duration.ofSeconds(60)).until(() -> !terminal.isOpen());
            String query = "/api/v1/recordings?guid=" + device.guid();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    server.call("GET", query, token, "")
                                                            .body()
                                                            .at("/data/0/state")
                                                            .asString(""))
                                            .isEqualTo("failed"));
            await().atMost(Duration.ofSeconds(20))
                    .until(
                            () ->
                                    server.call(
                                                    "GET",
                                                    "/api/v1/audit?action=sol-session&result=failed",
                                                    token,
                                                    "")
                                            .response()
                                            .body()
                                            .contains("recording_failed"));
        }
    }

    private static void fill(Path file, long bytes) {
        try (Database database =
                Database.sqlite(file, List.of(Inventory.MIGRATIONS, AccessControl.MIGRATIONS))) {
            RecordingStore store = new RecordingStore(database);
            Instant now = Instant.now();
            store.add(new Recording("old", new UUID(1, 1), "", "pc", "iris", "", now, null))
                    .toCompletableFuture()
                    .join();
            store.end("old", new Recording.End(now, bytes, Recording.Outcome.WHOLE))
                    .toCompletableFuture()
                    .join();
        }
    }

    private Channel terminal(RunningServer server, DeviceSession session, String guid)
            throws Exception {
        String token = server.localToken();
        server.call(
                "POST",
                "/api/v1/roles",
                token,
                "{\"name\":\"watched\",\"rights\":[\"view\",\"redirect\"],\"recorded\":true}");
        server.call(
                "POST",
                "/api/v1/users",
                token,
                "{\"name\":\"rhea\",\"password\":\"%s\",\"grants\":[{\"role\":\"watched\",\"tenant\":\"*\"}]}"
                        .formatted(PASSWORD));
        String ticket =
                server.call(
                                "GET",
                                "/api/v1/authorize/redirection/" + guid,
                                server.signIn("rhea", PASSWORD),
                                "")
                        .body()
                        .get("token")
                        .asString();
        Channel terminal =
                SolTerminal.open(
                                session.open(RedirectionKind.SOL, UUID.fromString(guid), ticket),
                                SolSettings.DEFAULT,
                                new Screen())
                        .join();
        terminal.config().setAutoRead(true);
        return terminal;
    }

    private static void type(Channel terminal, String text) {
        terminal.writeAndFlush(ByteBufUtil.writeUtf8(terminal.alloc(), text));
    }

    private final class Screen extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            screen.add(bytes.toString(StandardCharsets.UTF_8));
        }
    }
}
