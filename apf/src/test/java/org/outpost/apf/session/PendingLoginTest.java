package org.outpost.apf.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.MultiplexerListener;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.WindowSettings;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.support.RecordingPolicy;
import org.outpost.apf.support.Tunnels;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfVectors;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** While credentials are checked the socket is not read: what is sent stays with the sender. */
@Timeout(60)
class PendingLoginTest {
    @Test
    void floodBehindAPendingLoginIsNotTaken() throws Exception {
        MultiThreadIoEventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        AtomicLong taken = new AtomicLong();
        RecordingPolicy policy = new RecordingPolicy().deferring();
        Channel listener =
                new ServerBootstrap()
                        .group(loop)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline().addLast(new Counter(taken));
                                        session(channel, policy);
                                    }
                                })
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .sync()
                        .channel();
        try (SocketChannel device = SocketChannel.open(listener.localAddress())) {
            device.write(
                    ByteBuffer.wrap(
                            ApfBytes.concat(
                                    ApfVectors.V01.bytes(),
                                    ApfVectors.V03.bytes(),
                                    ApfVectors.V05.bytes())));
            await().until(() -> policy.events().contains("login password"));
            device.configureBlocking(false);
            ByteBuffer flood = ByteBuffer.wrap(new byte[1 << 16]);
            await().pollInterval(20, TimeUnit.MILLISECONDS)
                    .until(
                            () -> {
                                flood.rewind();
                                return device.write(flood) == 0;
                            });
            assertThat(taken.get()).isLessThan(256 * 1024);
        }
        listener.close().sync();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    private static void session(Channel channel, RecordingPolicy policy) {
        ServerSession session =
                new ServerSession(
                        channel,
                        ApfLimits.DEFAULT,
                        KeepAliveSettings.DEFAULT,
                        MultiplexerSettings.server(Tunnels.windows(WindowSettings.USUAL)),
                        policy,
                        ChannelAcceptor.NONE,
                        MultiplexerListener.NONE);
        assertThat(session.keepAliveSeconds()).isZero();
    }

    private static final class Counter extends ChannelInboundHandlerAdapter {
        private final AtomicLong taken;

        Counter(AtomicLong taken) {
            this.taken = taken;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            taken.addAndGet(((ByteBuf) msg).readableBytes());
            ctx.fireChannelRead(msg);
        }
    }
}
