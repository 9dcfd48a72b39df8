package org.outpost.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outpost.apf.channel.ApfChannelOption;
import org.outpost.apf.channel.MultiplexerSettings;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.admission.AddressLimits;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.attempt.AttemptListener;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.route.Resolution;
import org.outpost.gateway.route.Route;
import org.outpost.gateway.tunnel.CallingDevices;
import org.outpost.gateway.tunnel.FakeRegister;
import org.outpost.gateway.tunnel.TunnelListenerSettings;
import org.outpost.gateway.tunnel.TunnelServer;
import org.outpost.gateway.tunnel.TunnelSettings;
import org.outpost.testkit.socks.HttpProxyClient;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The proxy before a real tunnel: a device has eight channels, and a browser takes them all. */
final class ThroughTunnelTest {
    private static final int CHANNELS = 8;

    private final ProxyBench bench = new ProxyBench();
    private final List<Channel> channels = new CopyOnWriteArrayList<>();
    private final Map<Route, Route> routes = new ConcurrentHashMap<>();

    @BeforeEach
    void callIn() throws Exception {
        TunnelServer server =
                new TunnelServer(
                        bench.transport(),
                        TunnelSettings.defaults(
                                MultiplexerSettings.server(CallingDevices.windows())),
                        credentials ->
                                CompletableFuture.completedStage(
                                        new Verdict.Accepted(credentials.user())),
                        new FakeRegister(),
                        new AddressLimits(0, 0),
                        new HandshakeSlots(0, 0),
                        AttemptListener.NONE,
                        new SimpleMeterRegistry());
        InetSocketAddress tunnels =
                server.listen(
                        new TunnelListenerSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null));
        CallingDevices devices =
                bench.closing(
                        new CallingDevices(
                                bench.transport(),
                                List.of(16992, 16993, 16994),
                                open ->
                                        new OpenDecision.Accept(
                                                open.port() == 16993
                                                        ? new Refusal()
                                                        : new WebServer())));
        devices.call(tunnels, UUID.randomUUID(), "user", "password", "pc1.example.test")
                .running()
                .sync();
        Directory directory = server.directory();
        bench.reopenOnto(
                (target, asker) -> directory.resolve(target, asker).thenApply(this::watched));
    }

    private Resolution watched(Resolution found) {
        if (!(found instanceof Resolution.Reachable device)) {
            return found;
        }
        Route route =
                routes.computeIfAbsent(
                        device.route(),
                        tunnel ->
                                (port, handler) -> {
                                    ChannelFuture connecting = tunnel.connect(port, handler);
                                    channels.add(connecting.channel());
                                    return connecting;
                                });
        return new Resolution.Reachable(device.device(), device.name(), route);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aRequestReachesADeviceThroughItsTunnel() {
        HttpProxyClient client = bench.client();

        assertThat(client.get("http://pc1.example.test/index.htm").body())
                .isEqualTo("GET /index.htm ");
        String body = "x".repeat(300_000);
        client.send(
                "POST http://PC1/wsman HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n"
                        + body);
        assertThat(client.read().body()).isEqualTo("POST /wsman " + body);
    }

    @Test
    void idleConnectionsOfABrowserDoNotKeepANinthFromBeingServed() {
        List<HttpProxyClient> browser = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            HttpProxyClient client = bench.client();
            browser.add(client);
            assertThat(client.get("http://pc1/" + i).status()).isEqualTo(200);
        }

        for (int i = 0; i < 3 * CHANNELS; i++) {
            assertThat(bench.client().get("http://pc1/more").status()).isEqualTo(200);
        }
        for (HttpProxyClient client : browser) {
            assertThat(client.get("http://pc1/again").body()).isEqualTo("GET /again ");
        }
    }

    @Test
    void sessionsThatAreNotIdleWebTrafficKeepTheirChannels() {
        List<HttpProxyClient> sessions = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            HttpProxyClient client = bench.client();
            sessions.add(client);
            assertThat(client.connect("pc1:16994").status()).isEqualTo(200);
        }

        HttpProxyClient ninth = bench.client().send("GET http://pc1/ HTTP/1.1\r\nHost: a\r\n\r\n");
        for (HttpProxyClient client : sessions) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").read().status())
                    .isEqualTo(200);
        }
        sessions.getFirst().close();

        assertThat(ninth.read().status()).isEqualTo(200);
    }

    @Test
    void onlyChannelsThatAwaitNothingMayBeReclaimed() {
        HttpProxyClient client = bench.client();

        client.get("http://pc1/");
        await().untilAsserted(() -> assertThat(reclaimAfterMillis()).isZero());
        client.send("GET http://pc1/silent HTTP/1.1\r\nHost: a\r\n\r\n");
        await().untilAsserted(() -> assertThat(reclaimAfterMillis()).isEqualTo(-1));
        assertThat(channels).hasSize(1);

        bench.client().connect("pc1:16992");
        assertThat(reclaimAfterMillis())
                .isEqualTo(ProxySettings.DEFAULT.reclaimableAfter().toMillis());
        HttpProxyClient session = bench.client();
        session.connect("pc1:16994");
        assertThat(reclaimAfterMillis()).isEqualTo(-1);
        session.close();
        await().untilAsserted(() -> assertThat(reclaimAfterMillis()).isEqualTo(1000));
    }

    /** The half-close rule keeps each channel for ten seconds more, but not from others. */
    @Test
    void consolesThatHaveGoneDoNotHoldChannelsThatOthersWaitFor() {
        for (int i = 0; i < CHANNELS; i++) {
            HttpProxyClient gone = bench.client();
            assertThat(gone.connect("pc1:16994").status()).isEqualTo(200);
            gone.close();
        }

        long start = System.nanoTime();
        assertThat(bench.client().connect("pc1:16994").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    /** A digest sign-in begins so: the device refuses before it has read the body. */
    @Test
    void anAnswerThatComesBeforeTheBodyIsThroughArrives() {
        String body = "x".repeat(1_000_000);
        HttpProxyClient client =
                bench.client()
                        .send(
                                "POST http://pc1:16993/ HTTP/1.1\r\nHost: a\r\nContent-Length:"
                                        + " 1000000\r\n\r\n"
                                        + body);

        assertThat(client.read().status()).isEqualTo(401);
    }

    /** Refuses and closes at the first bytes. */
    private static final class Refusal extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg);
            ctx.writeAndFlush(
                            Unpooled.copiedBuffer(
                                    "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n"
                                            + "Content-Length: 0\r\n\r\n",
                                    StandardCharsets.US_ASCII))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Who gives up leaves the queue: others are served before their time is over. */
    @Test
    void requestsOfConsolesThatHaveGoneDoNotWaitForAChannel() {
        List<HttpProxyClient> sessions = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            sessions.add(bench.client());
            assertThat(sessions.getLast().connect("pc1:16994").status()).isEqualTo(200);
        }
        HttpProxyClient gone = bench.client().send("GET http://pc1/ HTTP/1.1\r\nHost: a\r\n\r\n");
        await().until(() -> channels.size() == CHANNELS + 1);
        Channel waiting = channels.getLast();

        gone.close();

        await().until(() -> !waiting.isOpen());
    }

    /** Of the channel that was opened last. */
    private long reclaimAfterMillis() {
        return channels.getLast().config().getOption(ApfChannelOption.RECLAIM_AFTER_IDLE_MILLIS);
    }

    /** What is on a channel of the device. */
    private static final class WebServer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Page());
        }
    }

    private static final class Page extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            if (request.uri().equals("/silent")) {
                return;
            }
            String text =
                    request.method()
                            + " "
                            + request.uri()
                            + " "
                            + request.content().toString(StandardCharsets.US_ASCII);
            FullHttpResponse response =
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            HttpResponseStatus.OK,
                            Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.length());
            ctx.writeAndFlush(response);
        }
    }
}
