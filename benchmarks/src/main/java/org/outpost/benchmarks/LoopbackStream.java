package org.outpost.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import org.outpost.apf.channel.ApfAddress;
import org.outpost.apf.channel.ApfMultiplexer;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.MultiplexerListener;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.channel.RoundTrip;
import org.outpost.apf.channel.WindowBudget;
import org.outpost.apf.channel.WindowSettings;
import org.outpost.apf.codec.ApfCodec;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.codec.MessageGate;
import org.outpost.apf.message.ApfConstants;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** A channel from a device to a server over loopback TCP; each end has a loop of its own. */
final class LoopbackStream implements AutoCloseable {
    /** Stands for a stream that is not open yet. */
    static final LoopbackStream NONE = new LoopbackStream();

    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final CompletableFuture<Channel> source = new CompletableFuture<>();
    private final Semaphore arrived = new Semaphore(0);

    private LoopbackStream() {}

    static LoopbackStream open(boolean tls) throws Exception {
        LoopbackStream stream = new LoopbackStream();
        stream.connect(tls);
        return stream;
    }

    private void connect(boolean tls) throws Exception {
        X509Bundle certificate =
                new CertificateBuilder()
                        .subject("CN=localhost")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        SslContext serverTls =
                SslContextBuilder.forServer(certificate.toKeyManagerFactory())
                        .sslProvider(SslProvider.JDK)
                        .build();
        SslContext deviceTls =
                SslContextBuilder.forClient()
                        .trustManager(certificate.toTrustManagerFactory())
                        .sslProvider(SslProvider.JDK)
                        .endpointIdentificationAlgorithm(null)
                        .build();
        WindowSettings windows =
                new WindowSettings(WindowSettings.USUAL, 1 << 20, new WindowBudget(64 << 20));
        CompletableFuture<ApfMultiplexer> server = new CompletableFuture<>();
        Channel listener =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                tunnel(
                                        tls ? serverTls : null,
                                        MultiplexerSettings.server(windows),
                                        ChannelAcceptor.NONE,
                                        server))
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .sync()
                        .channel();
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(
                        tunnel(
                                tls ? deviceTls : null,
                                MultiplexerSettings.device(windows).withMaxPayload(32 * 1024),
                                _ -> new OpenDecision.Accept(new Source()),
                                new CompletableFuture<>()))
                .connect(listener.localAddress())
                .sync();
        server.get()
                .connect(
                        new ApfAddress(ApfConstants.FORWARDED_TCPIP, "", 16994, "127.0.0.1", 1024),
                        new Sink())
                .sync();
        source.get();
    }

    private static ChannelInitializer<Channel> tunnel(
            @org.jspecify.annotations.Nullable SslContext tls,
            MultiplexerSettings settings,
            ChannelAcceptor acceptor,
            CompletableFuture<ApfMultiplexer> made) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                if (tls != null) {
                    channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                }
                ApfCodec codec = new ApfCodec(ApfLimits.DEFAULT, MessageGate.OPEN);
                ApfMultiplexer multiplexer =
                        new ApfMultiplexer(
                                settings, acceptor, MultiplexerListener.NONE, new RoundTrip());
                channel.pipeline().addLast(codec.decoder(), codec.encoder(), multiplexer);
                made.complete(multiplexer);
            }
        };
    }

    /** Sends so many bytes in writes of this size, and waits until all have arrived. */
    void send(int bytes, int write) throws InterruptedException {
        Channel channel = source.join();
        channel.eventLoop()
                .execute(
                        () -> {
                            byte[] block = new byte[write];
                            for (int sent = 0; sent < bytes; sent += write) {
                                channel.write(Unpooled.wrappedBuffer(block));
                            }
                            channel.flush();
                        });
        arrived.acquire(bytes);
    }

    @Override
    public void close() {
        loops.shutdownGracefully().syncUninterruptibly();
    }

    private final class Source extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            source.complete(ctx.channel());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {}
    }

    private final class Sink extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
            arrived.release(msg.readableBytes());
        }
    }
}
