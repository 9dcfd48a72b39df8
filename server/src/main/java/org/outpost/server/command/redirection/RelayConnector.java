package org.outpost.server.command.redirection;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandler;

import org.outpost.amt.redirection.RedirectionConnector;
import org.outpost.amt.redirection.RedirectionKind;

import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * The way to a device's redirection through a server's relay: a WebSocket with a one-time token.
 * The server signs in at the device.
 */
public final class RelayConnector implements RedirectionConnector {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int LARGEST_ANSWER = 1 << 16;
    private static final int LARGEST_FRAME = 1 << 20;

    private final URI server;
    private final SSLContext tls;
    private final EventLoopGroup loops;
    private final UUID device;
    private final RedirectionKind kind;
    private final String ticket;
    private final RecordingMarker marker = new RecordingMarker();

    /**
     * A way; good for one connection.
     *
     * @param server such as {@code https://mps.example.org:8443}
     * @param tls trusts the server
     * @param loops where the connection lives
     * @param ticket one-time token for this device
     */
    public RelayConnector(
            URI server,
            SSLContext tls,
            EventLoopGroup loops,
            UUID device,
            RedirectionKind kind,
            String ticket) {
        this.server = server;
        this.tls = tls;
        this.loops = loops;
        this.device = device;
        this.kind = kind;
        this.ticket = ticket;
    }

    @Override
    public CompletableFuture<Channel> connect(Consumer<ChannelPipeline> stack) {
        CompletableFuture<Channel> open = new CompletableFuture<>();
        int port = server.getPort() < 0 ? 443 : server.getPort();
        ChannelFuture connecting =
                new Bootstrap()
                        .group(loops)
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        stack(channel.pipeline(), port, stack, open);
                                    }
                                })
                        .connect(server.getHost(), port);
        connecting.addListener(
                done -> {
                    if (!done.isSuccess()) {
                        open.completeExceptionally(done.cause());
                    }
                });
        open.whenComplete(
                (channel, failure) -> {
                    if (failure != null) {
                        connecting.cancel(false);
                        connecting.channel().close();
                    }
                });
        return open;
    }

    /** Whether the server said that the session is recorded; it does before anything else. */
    boolean isRecorded() {
        return marker.isSeen();
    }

    private void stack(
            ChannelPipeline pipeline,
            int port,
            Consumer<ChannelPipeline> stack,
            CompletableFuture<Channel> open) {
        SSLEngine engine = tls.createSSLEngine(server.getHost(), port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        pipeline.addLast(
                new SslHandler(engine),
                new HttpClientCodec(),
                new HttpObjectAggregator(LARGEST_ANSWER),
                new WebSocketClientProtocolHandler(
                        WebSocketClientProtocolConfig.newBuilder()
                                .webSocketUri(address())
                                .version(WebSocketVersion.V13)
                                .subprotocol(ticket)
                                .maxFramePayloadLength(LARGEST_FRAME)
                                .handshakeTimeoutMillis(CONNECT_MILLIS)
                                .build()),
                new BinaryFrames(stack, open),
                marker);
    }

    private URI address() {
        String authority = server.getRawAuthority();
        return URI.create(
                "wss://"
                        + authority
                        + "/relay/webrelay.ashx?p=2&host="
                        + device
                        + "&port=16994&tls=0&tls1only=0&marker=1&mode="
                        + kind.label());
    }
}
