package org.outpost.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class SystemdTest {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private EventLoopGroup loops;
    @TempDir private Path folder;

    @BeforeEach
    void start() {
        assumeTrue(Epoll.isAvailable(), "Unix datagrams need Netty's native transport");
        loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void listen(String path) {
        new Bootstrap()
                .group(loops)
                .channel(EpollDomainDatagramChannel.class)
                .handler(
                        new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                            @Override
                            protected void channelRead0(
                                    ChannelHandlerContext ctx, DomainDatagramPacket packet) {
                                heard.add(packet.content().toString(StandardCharsets.UTF_8));
                            }
                        })
                .bind(new DomainSocketAddress(path))
                .syncUninterruptibly();
    }

    private String next() throws InterruptedException {
        return heard.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void aServiceSaysThatItIsReadyAliveAndStopping() throws InterruptedException {
        String socket = folder.resolve("notify").toString();
        listen(socket);

        try (Systemd manager = new Systemd(socket, Optional.empty())) {
            manager.ready("4 doors\nare open");
            manager.alive();
            manager.stopping();
        }

        assertThat(next()).isEqualTo("READY=1\nSTATUS=4 doors are open");
        assertThat(next()).isEqualTo("WATCHDOG=1");
        assertThat(next()).startsWith("STOPPING=1\nSTATUS=");
    }

    @Test
    void theSocketMayHaveAnAbstractName() throws InterruptedException {
        String name = "outpost-test-" + ProcessHandle.current().pid();
        listen('\0' + name);

        try (Systemd manager = new Systemd('@' + name, Optional.empty())) {
            manager.status("cannot start: port 4433 is taken");
        }

        assertThat(next()).isEqualTo("STATUS=cannot start: port 4433 is taken");
    }

    @Test
    void aManagerThatDoesNotListenHurtsNobody() {
        String nowhere = folder.resolve("nobody").toString();

        assertThatCode(
                        () -> {
                            try (Systemd manager = new Systemd(nowhere, Optional.empty())) {
                                manager.ready("ready");
                                manager.alive();
                            }
                        })
                .doesNotThrowAnyException();
    }

    @Test
    void theWatchdogOfThisProcessIsTakenFromTheEnvironment() {
        assertThat(Systemd.watchdog(Map.of("WATCHDOG_USEC", "60000000"), 7))
                .contains(Duration.ofSeconds(60));
        assertThat(Systemd.watchdog(Map.of("WATCHDOG_USEC", "5000", "WATCHDOG_PID", "7"), 7))
                .contains(Duration.ofMillis(5));
        assertThat(Systemd.watchdog(Map.of("WATCHDOG_USEC", "5000", "WATCHDOG_PID", "8"), 7))
                .isEmpty();
        assertThat(Systemd.watchdog(Map.of("WATCHDOG_USEC", "0"), 7)).isEmpty();
        assertThat(Systemd.watchdog(Map.of("WATCHDOG_USEC", "soon"), 7)).isEmpty();
        assertThat(Systemd.watchdog(Map.of(), 7)).isEmpty();
    }
}
