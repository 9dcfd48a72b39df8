package org.outpost.simulator.redirection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.amt.redirection.RedirectionCredentials;
import org.outpost.amt.redirection.RedirectionFailure;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.gateway.GatewayEnd;
import org.outpost.amt.redirection.gateway.GatewayListener;
import org.outpost.amt.redirection.gateway.GatewaySession;
import org.outpost.amt.redirection.gateway.GatewaySettings;
import org.outpost.amt.redirection.gateway.GatewayTraffic;
import org.outpost.amt.redirection.gateway.Recorded;
import org.outpost.amt.redirection.gateway.RedirectionLeases;
import org.outpost.amt.redirection.recording.RecordingListener;
import org.outpost.amt.redirection.recording.RecordingSettings;
import org.outpost.amt.redirection.recording.SolRecording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

class GatewayEndToEndTest {
    private static final UUID DEVICE = UUID.fromString("55e3ae13-bfd2-61bb-17a0-88aedd7037ea");
    private static final String SOL = "10000000534f4c20";
    private static final String KVM = "100100004b564d52";
    private static final String SOL_START = "200000000000000010276400000010276400000000000000";
    private static final String KVM_OPEN = "4000000000000000";

    private final RedirectionRig rig = new RedirectionRig();
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(2, LocalIoHandler.newFactory());
    private final RedirectionLeases leases = new RedirectionLeases();
    private final CompletableFuture<GatewayEnd> ended = new CompletableFuture<>();
    private final CompletableFuture<GatewaySession> session = new CompletableFuture<>();
    private final List<RedirectionFailure> failures = new CopyOnWriteArrayList<>();
    private final ExecutorService writers = Executors.newSingleThreadExecutor();
    private GatewaySettings settings = GatewaySettings.DEFAULT;
    private RedirectionCredentials credentials = RedirectionRig.ADMIN;
    private Recorded recorded = Recorded.NOT;

    @AfterEach
    void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        rig.close();
        writers.shutdown();
    }

    @Test
    void theToolkitGetsItsShellWithoutCredentials() {
        ToolkitConsole console = new ToolkitConsole(SOL, SOL_START);
        Channel channel = connect(RedirectionKind.SOL, console);

        await().until(() -> console.text().contains("pc-0001 login:"));
        assertThat(console.received()).startsWith("2100000000000000");
        type(channel, "root\r");
        await().until(() -> console.text().contains("Welcome to pc-0001"));
        assertThat(rig.host().failures()).isEmpty();
        String realm = ByteBufUtil.hexDump(SimulatedHost.REALM.getBytes(StandardCharsets.US_ASCII));
        assertThat(console.handshake()).doesNotContain(realm);

        channel.close();
        assertThat(RedirectionRig.get(ended)).isEqualTo(GatewayEnd.CONSOLE_CLOSED);
        assertThat(session.join().traffic().toDevice()).isEqualTo(24 + 15);
        assertThat(session.join().traffic().toConsole()).isEqualTo(console.received().length() / 2);
        assertThat(leases.isTaken(DEVICE, RedirectionKind.SOL)).isFalse();
        await().until(
                        () ->
                                rig.onDevice(
                                        () ->
                                                rig.host()
                                                        .redirection()
                                                        .session(
                                                                org.outpost.simulator.machine
                                                                        .RedirectionKind.SOL)
                                                        .isEmpty()));
    }

    @Test
    void theToolkitSeesTheDesktop() {
        ToolkitConsole console = new ToolkitConsole(KVM, KVM_OPEN);
        Channel channel = connect(RedirectionKind.KVM, console);

        await().until(() -> console.received().length() >= 40);

        assertThat(console.text()).isEqualTo("A\0\0\0\0\0\0\0RFB 003.008\n");
        channel.close();
        RedirectionRig.get(ended);
    }

    @Test
    void theSecondConsoleIsBusy() {
        ToolkitConsole first = new ToolkitConsole(SOL, SOL_START);
        Channel channel = connect(RedirectionKind.SOL, first);
        await().until(() -> first.text().contains("login:"));

        ToolkitConsole second = new ToolkitConsole(SOL, SOL_START);
        connect(RedirectionKind.SOL, second);
        RedirectionRig.get(second.gone());

        assertThat(second.handshake()).isEqualTo("11020000");
        channel.close();
        RedirectionRig.get(first.gone());
    }

    @Test
    void wrongCredentialsOfTheServerAreTheServersBusiness() {
        credentials = new RedirectionCredentials("admin", "old");
        ToolkitConsole console = new ToolkitConsole(SOL, SOL_START);
        connect(RedirectionKind.SOL, console);

        RedirectionRig.get(console.gone());

        assertThat(console.handshake()).isEqualTo("11ff0000");
        assertThat(RedirectionRig.get(ended)).isEqualTo(GatewayEnd.NOT_OPENED);
        assertThat(failures).containsExactly(RedirectionFailure.WRONG_CREDENTIALS);
    }

    @Test
    void anotherKindThanAnnouncedIsAProtocolError() {
        ToolkitConsole console = new ToolkitConsole(KVM, KVM_OPEN);
        connect(RedirectionKind.SOL, console);

        RedirectionRig.get(console.gone());

        assertThat(RedirectionRig.get(ended)).isEqualTo(GatewayEnd.PROTOCOL_ERROR);
    }

    @Test
    void whoNeverStartsIsSentAway() {
        settings =
                new GatewaySettings(
                        Duration.ofMillis(50), Duration.ofHours(1), Duration.ofHours(1));
        ToolkitConsole console = new ToolkitConsole("10", SOL_START);
        connect(RedirectionKind.SOL, console);

        RedirectionRig.get(console.gone());

        assertThat(RedirectionRig.get(ended)).isEqualTo(GatewayEnd.START_TIMED_OUT);
    }

    @Test
    void heartbeatsDoNotKeepASessionAlive() {
        settings =
                new GatewaySettings(
                        Duration.ofMinutes(1), Duration.ofMillis(800), Duration.ofHours(1));
        ToolkitConsole console = new ToolkitConsole(SOL, SOL_START);
        Channel channel = connect(RedirectionKind.SOL, console);
        await().until(() -> console.text().contains("login:"));
        channel.eventLoop()
                .scheduleAtFixedRate(
                        () ->
                                channel.writeAndFlush(
                                        Unpooled.wrappedBuffer(
                                                ByteBufUtil.decodeHexDump("2b00000001000000"))),
                        20,
                        20,
                        TimeUnit.MILLISECONDS);

        assertThat(RedirectionRig.get(ended)).isEqualTo(GatewayEnd.IDLE);
        RedirectionRig.get(console.gone());
    }

    @Test
    void theDevicesEndReachesTheConsole() {
        ToolkitConsole console = new ToolkitConsole(SOL, SOL_START);
        Channel channel = connect(RedirectionKind.SOL, console);
        await().until(() -> console.text().contains("login:"));

        channel.writeAndFlush(
                Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("2200000005000000")));

        RedirectionRig.get(console.gone());
        assertThat(console.received()).endsWith("2300000005000000");
        assertThat(RedirectionRig.get(ended)).isEqualTo(GatewayEnd.DEVICE_CLOSED);
    }

    @Test
    void whatTheHostPrintsIsRecorded(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("session.cast");
        SolRecording recording =
                new SolRecording(
                        Files.newOutputStream(file),
                        RecordingSettings.of("pc-0001", Instant.ofEpochSecond(1_000_000)),
                        writers,
                        RecordingListener.NONE);
        recorded = Recorded.silently(recording);
        ToolkitConsole console = new ToolkitConsole(SOL, SOL_START);
        Channel channel = connect(RedirectionKind.SOL, console);
        await().until(() -> console.text().contains("login:"));
        type(channel, "root\r");
        await().until(() -> console.text().contains("Welcome to pc-0001"));

        channel.close();
        RedirectionRig.get(ended);
        recording.close();
        RedirectionRig.get(recording.closed());

        String cast = Files.readString(file);
        assertThat(cast)
                .startsWith(
                        "{\"version\": 2, \"width\": 80, \"height\": 25, \"timestamp\": 1000000,"
                                + " \"title\": \"pc-0001\"}\n[")
                .contains("login: ")
                .contains("Welcome to pc-0001");
    }

    @Test
    void whereARecordingIsAMustTheSessionEndsWithIt() throws IOException {
        OutputStream full =
                new ByteArrayOutputStream() {
                    @Override
                    public void flush() throws IOException {
                        if (size() > 100) {
                            throw new IOException("no space left");
                        }
                    }
                };
        SolRecording recording =
                new SolRecording(
                        full,
                        RecordingSettings.of("x", Instant.EPOCH),
                        writers,
                        new RecordingListener() {
                            @Override
                            public void failed() {
                                session.thenAccept(open -> open.end(GatewayEnd.RECORDING_FAILED));
                            }
                        });
        recorded = Recorded.silently(recording);
        ToolkitConsole console = new ToolkitConsole(SOL, SOL_START);
        connect(RedirectionKind.SOL, console);

        assertThat(RedirectionRig.get(ended)).isEqualTo(GatewayEnd.RECORDING_FAILED);
        RedirectionRig.get(console.gone());
    }

    private void type(Channel channel, String keys) {
        channel.writeAndFlush(
                Unpooled.buffer()
                        .writeByte(0x28)
                        .writeZero(7)
                        .writeShortLE(keys.length())
                        .writeBytes(keys.getBytes(StandardCharsets.US_ASCII)));
    }

    private Channel connect(RedirectionKind kind, ChannelHandler console) {
        LocalAddress address = new LocalAddress(GatewayEndToEndTest.class);
        Channel door =
                new ServerBootstrap()
                        .group(loops)
                        .channel(LocalServerChannel.class)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        serve(channel, kind);
                                    }
                                })
                        .bind(address)
                        .syncUninterruptibly()
                        .channel();
        Channel channel =
                new Bootstrap()
                        .group(loops)
                        .channel(LocalChannel.class)
                        .handler(console)
                        .connect(address)
                        .syncUninterruptibly()
                        .channel();
        channel.closeFuture().addListener(closed -> door.close());
        return channel;
    }

    private void serve(Channel channel, RedirectionKind kind) {
        session.complete(
                GatewaySession.start(
                        channel,
                        kind,
                        rig.client(),
                        credentials,
                        settings,
                        recorded,
                        leases.take(DEVICE, kind),
                        new GatewayListener() {
                            @Override
                            public void ended(
                                    GatewayEnd reason,
                                    @Nullable RedirectionFailure failure,
                                    GatewayTraffic traffic) {
                                if (failure != null) {
                                    failures.add(failure);
                                }
                                ended.complete(reason);
                            }
                        }));
    }
}
