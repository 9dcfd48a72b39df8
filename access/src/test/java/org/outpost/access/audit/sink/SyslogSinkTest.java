package org.outpost.access.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.access.audit.Actor;
import org.outpost.access.audit.AuditDraft;
import org.outpost.access.audit.AuditJson;
import org.outpost.access.audit.AuditLine;
import org.outpost.access.audit.AuditResult;
import org.outpost.access.audit.TrailFixture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class SyslogSinkTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir private Path folder;

    private static AuditLine.Entry entry(long sequence) {
        return new AuditLine.Entry(
                sequence,
                TrailFixture.NOON,
                AuditDraft.of(
                                new Actor("a\"l]i\\c\ne", "password", "192.0.2.7"),
                                "acme",
                                "power.reset")
                        .on(TrailFixture.DEVICE)
                        .because("hängt", "INC-1")
                        .with(AuditResult.DENIED, ""),
                "00".repeat(16),
                "1".repeat(64),
                "2".repeat(64));
    }

    private static void accept(SyslogSink sink, AuditLine line) {
        sink.accept(line, AuditJson.write(line));
    }

    private static String expected(long sequence) {
        return "<108>1 2026-11-21T12:00:00.000Z mps_1.example outpost "
                + ProcessHandle.current().pid()
                + " power.reset [outpost@32473 sequence=\""
                + sequence
                + "\" user=\"a\\\"l\\]i\\\\c\uFFFDe\" address=\"192.0.2.7\" tenant=\"acme\""
                + " action=\"power.reset\" device=\"4c4c4544-005a-3510-8047-b4c04f564433\""
                + " result=\"denied\" ticket=\"INC-1\"] "
                + AuditJson.write(entry(sequence));
    }

    @Test
    void overUdpEachEntryIsADatagram() throws Exception {
        try (DatagramSocket daemon = new DatagramSocket(0, LOOPBACK);
                SyslogSink sink =
                        new SyslogSink(
                                new SyslogTarget.Udp(
                                        LOOPBACK.getHostAddress(), daemon.getLocalPort()),
                                "mps 1.example")) {
            daemon.setSoTimeout((int) SOON.toMillis());
            accept(sink, entry(1));
            accept(
                    sink,
                    new AuditLine.Checkpoint(1, "2".repeat(64), TrailFixture.NOON, "k1", "c2ln"));

            assertThat(receive(daemon)).isEqualTo(expected(1));
            assertThat(receive(daemon))
                    .startsWith("<110>1 2026-11-21T12:00:00.000Z mps_1.example outpost ")
                    .contains(" checkpoint [outpost@32473 sequence=\"1\" key=\"k1\"] {\"kind\":");
        }
    }

    private static String receive(DatagramSocket daemon) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        daemon.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void overTcpMessagesAreCountedAndSurviveARestartOfTheDaemon() throws Exception {
        int port;
        SyslogSink sink;
        try (ServerSocket daemon = new ServerSocket(0, 5, LOOPBACK)) {
            port = daemon.getLocalPort();
            sink =
                    new SyslogSink(
                            new SyslogTarget.Tcp(LOOPBACK.getHostAddress(), port), "mps 1.example");
            accept(sink, entry(1));
            accept(sink, entry(2));
            try (Socket connection = daemon.accept()) {
                InputStream in = new BufferedInputStream(connection.getInputStream());
                assertThat(frame(in)).isEqualTo(expected(1));
                assertThat(frame(in)).isEqualTo(expected(2));
            }
        }
        // Some may go into the connection that ended; what comes later waits for the daemon.
        accept(sink, entry(3));
        await().atMost(SOON)
                .until(
                        () -> {
                            if (!sink.isWaiting()) {
                                accept(sink, entry(3));
                            }
                            return !sink.isConnected();
                        });
        accept(sink, entry(4));
        try (ServerSocket daemon = new ServerSocket(port, 5, LOOPBACK);
                Socket connection = daemon.accept()) {
            connection.setSoTimeout((int) SOON.toMillis());
            InputStream in = new BufferedInputStream(connection.getInputStream());
            String last = frame(in);
            while (!last.equals(expected(4))) {
                assertThat(last).isEqualTo(expected(3));
                last = frame(in);
            }
            sink.close();
            assertThat(in.read()).as("closed").isEqualTo(-1);
        }
        assertThat(sink.dropped()).isZero();
    }

    private static String frame(InputStream in) throws IOException {
        int length = 0;
        for (int c = in.read(); c != ' '; c = in.read()) {
            assertThat(c).isBetween((int) '0', (int) '9');
            length = 10 * length + c - '0';
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Test
    void whatFindsNoRoomIsCountedAndDropped() throws Exception {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, LOOPBACK)) {
            port = unused.getLocalPort();
        }
        SyslogSink sink =
                new SyslogSink(new SyslogTarget.Tcp(LOOPBACK.getHostAddress(), port), "mps");
        AuditLine line =
                new AuditLine.Checkpoint(1, "2".repeat(64), TrailFixture.NOON, "k1", "c2ln");
        for (int i = 0; i < SyslogSink.CAPACITY + 7; i++) {
            accept(sink, line);
        }

        assertThat(sink.dropped()).isEqualTo(7);
        sink.close();
        assertThat(sink.dropped())
                .as("those that waited are lost with it")
                .isEqualTo(SyslogSink.CAPACITY + 7);
    }

    @Test
    void theDaemonOfThisMachineTakesItFromAUnixSocketAlsoAfterARestart() throws Exception {
        Assumptions.assumeTrue(Epoll.isAvailable(), "no native transport");
        Path socket = folder.resolve("log");
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try (SyslogSink sink = new SyslogSink(new SyslogTarget.Unix(socket), "mps 1.example")) {
            accept(sink, entry(1));
            Channel daemon = listen(group, socket, heard);
            assertThat(heard.poll(15, TimeUnit.SECONDS)).isEqualTo(expected(1));
            daemon.close().sync();
            Files.deleteIfExists(socket);
            accept(sink, entry(2));
            await().atMost(SOON).until(() -> !sink.isConnected());
            listen(group, socket, heard);

            assertThat(heard.poll(15, TimeUnit.SECONDS)).isEqualTo(expected(2));
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static Channel listen(EventLoopGroup group, Path socket, BlockingQueue<String> heard)
            throws InterruptedException {
        return new Bootstrap()
                .group(group)
                .channel(EpollDomainDatagramChannel.class)
                .handler(
                        new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                            @Override
                            protected void channelRead0(
                                    ChannelHandlerContext context, DomainDatagramPacket packet) {
                                heard.add(packet.content().toString(StandardCharsets.UTF_8));
                            }
                        })
                .bind(new DomainSocketAddress(socket.toFile()))
                .sync()
                .channel();
    }

    @Test
    void aMessageIsCutBetweenCharacters() {
        SyslogFormat format = new SyslogFormat("", 200);
        for (int pad = 0; pad < 4; pad++) {
            String json = "x".repeat(pad) + "ä😀".repeat(100);
            byte[] message =
                    format.message(
                            new AuditLine.Checkpoint(1, "", TrailFixture.NOON, "", ""), json);
            assertThat(message).hasSizeBetween(197, 200);
            assertThat(new String(message, StandardCharsets.UTF_8))
                    .contains("Z - outpost ")
                    .doesNotContain("\uFFFD");
        }
    }
}
