package org.outpost.amt.fake;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.connection.PortConnector;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A device on loopback that speaks HTTP with digest and WS-Management, written from the document
 * and without the client's code: {@link FakeDigest} and {@link FakeModel} are second readings of
 * it.
 */
public final class FakeAmt implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Map<Integer, SocketAddress> ports = new ConcurrentHashMap<>();
    private final Map<Integer, Channel> listeners = new ConcurrentHashMap<>();
    private final List<Channel> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();

    /** Who may come in. */
    public final FakeDigest digest = new FakeDigest();

    /** What the device is. */
    public final FakeModel model = new FakeModel();

    /** Every request's envelope that was let in, in order. */
    public final List<String> envelopes = new CopyOnWriteArrayList<>();

    /** What the next requests meet instead of an answer. */
    public final List<Mishap> mishaps = new ArrayList<>();

    /** Something that goes wrong once. */
    public enum Mishap {
        /** The connection is closed without an answer. */
        CLOSE,
        /** The request is carried out, and then the connection is closed without an answer. */
        CLOSE_AFTER,
        /** HTTP 503. */
        UNAVAILABLE,
        /** Nothing at all. */
        SILENCE
    }

    /** A device without ports. */
    public FakeAmt() {
        digest.user = "admin";
        digest.password = "P@ssw0rd";
    }

    /** With its plain port open. */
    public FakeAmt plain() {
        return listen(16992, null);
    }

    /** With something plain on any port. */
    public FakeAmt plainOn(int port) {
        return listen(port, null);
    }

    /** With its TLS port open. */
    public FakeAmt tls(SslContext context) {
        return listen(16993, context);
    }

    private FakeAmt listen(int port, @Nullable SslContext tls) {
        Channel listener =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        opened.incrementAndGet();
                                        connections.add(channel);
                                        if (tls != null) {
                                            channel.pipeline()
                                                    .addLast(tls.newHandler(channel.alloc()));
                                        }
                                        channel.pipeline()
                                                .addLast(
                                                        new HttpServerCodec(),
                                                        new HttpObjectAggregator(1 << 20),
                                                        new Server());
                                    }
                                })
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .syncUninterruptibly()
                        .channel();
        ports.put(port, listener.localAddress());
        listeners.put(port, listener);
        return this;
    }

    /** Closes a port: it is refused from now on. */
    public void close(int port) {
        ports.remove(port);
        Channel listener = listeners.remove(port);
        if (listener != null) {
            listener.close().syncUninterruptibly();
        }
    }

    /** Closes the connections without notice, as firmware does with idle ones. */
    public void dropConnections() {
        connections.forEach(channel -> channel.close().syncUninterruptibly());
        connections.clear();
    }

    /** How many connections there have been. */
    public int opened() {
        return opened.get();
    }

    /** A loop to run the client on. */
    public EventLoop loop() {
        return group.next();
    }

    /** The way to the device. */
    public PortConnector ports() {
        return this::connect;
    }

    private ChannelFuture connect(int port, ChannelHandler handler) {
        Bootstrap client =
                new Bootstrap().group(group).channel(NioSocketChannel.class).handler(handler);
        SocketAddress address = ports.get(port);
        if (address == null) {
            ChannelFuture registered = client.register();
            Channel never = registered.channel();
            registered.addListener(done -> never.close());
            return never.newFailedFuture(new ConnectException("refused"));
        }
        return client.connect(address);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Server extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            byte[] body = ByteBufUtil.getBytes(request.content());
            String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
            if (!request.uri().equals("/wsman")) {
                answer(ctx, 404, "", "");
                return;
            }
            String challenge = digest.judge(authorization, "POST", "/wsman", body);
            if (challenge != null) {
                answer(ctx, 401, challenge, "<html>log on</html>");
                return;
            }
            Mishap mishap = mishaps.isEmpty() ? null : mishaps.remove(0);
            if (mishap == Mishap.CLOSE) {
                ctx.close();
                return;
            }
            if (mishap == Mishap.SILENCE) {
                return;
            }
            if (mishap == Mishap.UNAVAILABLE) {
                answer(ctx, 503, "", "");
                return;
            }
            String envelope = new String(body, StandardCharsets.UTF_8);
            envelopes.add(envelope);
            FakeModel.Answer answer = model.answer(envelope);
            if (mishap == Mishap.CLOSE_AFTER) {
                ctx.close();
                return;
            }
            answer(ctx, answer.status(), "", answer.envelope());
        }

        private void answer(ChannelHandlerContext ctx, int status, String challenge, String text) {
            DefaultFullHttpResponse response =
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            HttpResponseStatus.valueOf(status),
                            Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
            if (!challenge.isEmpty()) {
                response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, challenge);
            }
            response.headers()
                    .set(HttpHeaderNames.SERVER, "Intel(R) Active Management Technology 12.0.67")
                    .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
