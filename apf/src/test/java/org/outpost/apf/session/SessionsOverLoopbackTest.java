package org.outpost.apf.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.outpost.apf.session.LoopbackTunnel.port;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.outpost.apf.channel.ApfAddress;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.support.Collector;
import org.outpost.apf.support.Echo;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

@Timeout(60)
class SessionsOverLoopbackTest {
    private static final int MEGABYTE = 1 << 20;
    private static final ChannelAcceptor ECHO = _ -> new OpenDecision.Accept(new Echo());

    @Test
    void loginAndForwardsReachTheRunningState() {
        try (LoopbackTunnel tunnel = new LoopbackTunnel(ECHO, ChannelAcceptor.NONE)) {
            tunnel.device.running().syncUninterruptibly();

            assertThat(tunnel.policy.ports()).containsExactlyInAnyOrder(16992, 16993, 623, 16994);
            assertThat(tunnel.policy.events())
                    .containsExactly(
                            "login password",
                            "accepted",
                            "forward pc-1:16992",
                            "forward pc-1:16993",
                            "forward pc-1:623",
                            "forward pc-1:16994");
            await().untilAsserted(() -> assertThat(tunnel.server.keepAliveSeconds()).isEqualTo(30));
        }
    }

    @Test
    void megabytesComeBackWholeOnSeveralChannelsAtOnce() {
        try (LoopbackTunnel tunnel = new LoopbackTunnel(ECHO, ChannelAcceptor.NONE)) {
            tunnel.device.running().syncUninterruptibly();
            List<byte[]> sent = new ArrayList<>();
            List<Collector> received = new ArrayList<>();
            List<Channel> channels = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                byte[] bytes = new byte[2 * MEGABYTE + i];
                new Random(i).nextBytes(bytes);
                Collector collector = new Collector();
                Channel channel =
                        tunnel.server
                                .multiplexer()
                                .connect(port(16994), collector)
                                .syncUninterruptibly()
                                .channel();
                channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
                sent.add(bytes);
                received.add(collector);
                channels.add(channel);
            }
            for (int i = 0; i < 4; i++) {
                Collector collector = received.get(i);
                int length = sent.get(i).length;
                await().until(() -> collector.size() >= length);
                assertThat(collector.bytes()).isEqualTo(sent.get(i));
                channels.get(i).close().syncUninterruptibly();
            }
            await().until(() -> tunnel.server.multiplexer().traffic().openChannels() == 0);
            await().until(() -> tunnel.device.multiplexer().traffic().openChannels() == 0);
            await().until(() -> tunnel.budget.reserved() == 0);
        }
    }

    @Test
    void deviceOpensChannelsToo() {
        List<ApfAddress> asked = new CopyOnWriteArrayList<>();
        ChannelAcceptor acceptor =
                open -> {
                    asked.add(
                            new ApfAddress(
                                    open.channelType(),
                                    open.address(),
                                    open.port(),
                                    open.originatorAddress(),
                                    open.originatorPort()));
                    return new OpenDecision.Accept(new Echo());
                };
        try (LoopbackTunnel tunnel = new LoopbackTunnel(ECHO, acceptor)) {
            tunnel.device.running().syncUninterruptibly();
            Collector collector = new Collector();
            Channel channel =
                    tunnel.device
                            .multiplexer()
                            .connect(
                                    new ApfAddress(
                                            ApfConstants.DIRECT_TCPIP,
                                            "192.0.2.20",
                                            8443,
                                            "192.168.1.5",
                                            49152),
                                    collector)
                            .syncUninterruptibly()
                            .channel();
            channel.writeAndFlush(Unpooled.copiedBuffer(new byte[MEGABYTE]));
            await().until(() -> collector.size() == MEGABYTE);
            assertThat(asked).hasToString("[direct-tcpip:192.0.2.20:8443]");
            channel.close().syncUninterruptibly();
        }
    }

    @Test
    void consumerThatDoesNotReadStallsOnlyItsOwnChannel() {
        Collector slow = new Collector();
        try (LoopbackTunnel tunnel = new LoopbackTunnel(ECHO, ChannelAcceptor.NONE)) {
            tunnel.device.running().syncUninterruptibly();
            Channel stalled =
                    tunnel.server
                            .multiplexer()
                            .connect(
                                    port(16994),
                                    new ChannelInitializer<>() {
                                        @Override
                                        protected void initChannel(Channel channel) {
                                            channel.config()
                                                    .setOption(ChannelOption.AUTO_READ, false);
                                            channel.pipeline().addLast(slow);
                                        }
                                    })
                            .syncUninterruptibly()
                            .channel();
            byte[] bytes = new byte[MEGABYTE];
            new Random(1).nextBytes(bytes);
            stalled.writeAndFlush(Unpooled.wrappedBuffer(bytes));

            Collector fast = new Collector();
            Channel flowing =
                    tunnel.server
                            .multiplexer()
                            .connect(port(16995), fast)
                            .syncUninterruptibly()
                            .channel();
            flowing.writeAndFlush(Unpooled.buffer(4 * MEGABYTE).writeZero(4 * MEGABYTE));
            await().until(() -> fast.size() == 4 * MEGABYTE);
            assertThat(slow.size()).isZero();

            while (slow.size() < MEGABYTE) {
                int before = slow.size();
                stalled.read();
                await().until(() -> slow.size() > before);
            }
            assertThat(slow.bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void whatADeviceSentBeforeItsCloseIsStillDelivered() {
        byte[] last = new byte[60_000];
        new Random(7).nextBytes(last);
        ChannelAcceptor speaker =
                _ ->
                        new OpenDecision.Accept(
                                new io.netty.channel.ChannelInboundHandlerAdapter() {
                                    @Override
                                    public void channelActive(
                                            io.netty.channel.ChannelHandlerContext ctx) {
                                        ByteBuf bytes = Unpooled.wrappedBuffer(last);
                                        ctx.writeAndFlush(bytes)
                                                .addListener(
                                                        io.netty.channel.ChannelFutureListener
                                                                .CLOSE);
                                    }
                                });
        try (LoopbackTunnel tunnel = new LoopbackTunnel(speaker, ChannelAcceptor.NONE)) {
            tunnel.device.running().syncUninterruptibly();
            Collector collector = new Collector();
            tunnel.server.multiplexer().connect(port(16992), collector).syncUninterruptibly();
            await().until(collector::ended);
            assertThat(collector.bytes()).isEqualTo(last);
            await().until(() -> tunnel.budget.reserved() == 0);
        }
    }

    @Test
    void endOfTheTunnelEndsChannelsAndOpens() {
        try (LoopbackTunnel tunnel = new LoopbackTunnel(ECHO, ChannelAcceptor.NONE)) {
            tunnel.device.running().syncUninterruptibly();
            Collector collector = new Collector();
            Channel channel =
                    tunnel.server
                            .multiplexer()
                            .connect(port(16992), collector)
                            .syncUninterruptibly()
                            .channel();
            tunnel.server.disconnect(DisconnectReason.BY_APPLICATION);
            await().until(collector::ended);
            assertThat(channel.isOpen()).isFalse();
            await().until(() -> !tunnel.deviceTunnel.isOpen());
            assertThatThrownBy(
                            () ->
                                    tunnel.server
                                            .multiplexer()
                                            .connect(port(16992), new Collector())
                                            .syncUninterruptibly())
                    .isInstanceOf(ClosedChannelException.class);
            await().until(() -> tunnel.budget.reserved() == 0);
        }
    }
}
