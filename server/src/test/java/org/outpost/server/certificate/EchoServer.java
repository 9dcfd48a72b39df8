package org.outpost.server.certificate;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** A TLS server on loopback that sends back what it gets, and closes after a line's end. */
final class EchoServer implements AutoCloseable {
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<Handshake> handshakes = new LinkedBlockingQueue<>();
    private final Channel listener;

    /** How a handshake ended, as the server saw it. */
    record Handshake(
            String protocol, String suite, Optional<X509Certificate> client, String failure) {
        boolean succeeded() {
            return failure.isEmpty();
        }
    }

    EchoServer(SslContext context) {
        this(() -> context);
    }

    EchoServer(Supplier<SslContext> contexts) {
        listener =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline()
                                                .addLast(
                                                        contexts.get().newHandler(channel.alloc()),
                                                        new Echo());
                                    }
                                })
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .syncUninterruptibly()
                        .channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    int port() {
        return address().getPort();
    }

    /** The next handshake that ended. */
    Handshake handshake() throws InterruptedException {
        Handshake handshake = handshakes.poll(30, TimeUnit.SECONDS);
        if (handshake == null) {
            throw new AssertionError("no handshake within 30 seconds");
        }
        return handshake;
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent completion) {
                SSLSession session = ctx.pipeline().get(SslHandler.class).engine().getSession();
                handshakes.add(
                        new Handshake(
                                session.getProtocol(),
                                session.getCipherSuite(),
                                peer(session),
                                completion.isSuccess() ? "" : String.valueOf(completion.cause())));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            boolean last =
                    message instanceof io.netty.buffer.ByteBuf bytes
                            && bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) '\n')
                                    >= 0;
            var written = ctx.writeAndFlush(message);
            if (last) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }

        private static Optional<X509Certificate> peer(SSLSession session) {
            try {
                return Optional.of((X509Certificate) session.getPeerCertificates()[0]);
            } catch (SSLPeerUnverifiedException none) {
                return Optional.empty();
            }
        }
    }
}
