package org.outpost.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.gateway.door.Destination;
import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.Route;
import org.outpost.gateway.splice.Splice;
import org.outpost.gateway.splice.SpliceCounters;
import org.outpost.gateway.splice.SpliceSettings;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Two event loops, each turned by hand: what happens when a device closes at a bad moment. */
final class ForwardingRaceTest implements Forwarding.Owner {
    private static final Console USER = new Console("", new InetSocketAddress(0));
    private static final RequestTarget TARGET = new RequestTarget("pc1", 16992, "pc1", "/");

    private static final Route ROUTE = nowhere("the device's tunnel");

    private final List<String> outcomes = new ArrayList<>();
    private final EmbeddedChannel console = new EmbeddedChannel();
    private final ConsoleInput input = new ConsoleInput(console);
    private final Forwarding forwarding = new Forwarding(this, console, input);
    private final DeviceConnection connection =
            new DeviceConnection(
                    console,
                    ROUTE,
                    new Destination("pc1", 16992, USER, 0),
                    ProxySettings.DEFAULT,
                    forwarding,
                    () -> new Splice(SpliceSettings.DEFAULT, new SpliceCounters()));
    private final EmbeddedChannel device = new EmbeddedChannel(connection.load().handler());

    @AfterEach
    void close() {
        forwarding.stop();
        input.release();
        device.finishAndReleaseAll();
        console.finishAndReleaseAll();
    }

    private static Route nowhere(String name) {
        return new Route() {
            @Override
            public ChannelFuture connect(int port, ChannelHandler handler) {
                throw new AssertionError(name + " is opened once only");
            }
        };
    }

    private Exchange exchange(HttpMethod method, String body, boolean reused) {
        Exchange exchange =
                new Exchange(
                        new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, "http://pc1/"),
                        TARGET);
        exchange.reusedChannel = reused;
        input.add(
                new DefaultLastHttpContent(Unpooled.copiedBuffer(body, StandardCharsets.US_ASCII)));
        return exchange;
    }

    private void begin(Exchange exchange) {
        forwarding.start(exchange, connection);
        forwarding.pump();
    }

    private void turn() {
        device.runPendingTasks();
        console.runPendingTasks();
    }

    /** Without turning the device's loop first. */
    private void closeDevice() {
        device.pipeline().close();
    }

    private String sentToDevice() {
        StringBuilder sent = new StringBuilder();
        for (ByteBuf bytes = device.readOutbound(); bytes != null; bytes = device.readOutbound()) {
            sent.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        return sent.toString();
    }

    @Test
    void aRequestGoesOutWithWhatIsThereOfItsBodyInOneFlush() {
        begin(exchange(HttpMethod.POST, "hello", false));
        turn();

        assertThat(sentToDevice()).isEqualTo("POST / HTTP/1.1\r\nHost: pc1\r\n\r\nhello");
        assertThat(outcomes).containsExactly("progressed");
    }

    @Test
    void aPostThatTheDeviceNeverSawIsSentOnAnotherChannel() {
        Exchange post = exchange(HttpMethod.POST, "hello", true);
        begin(post);

        closeDevice();
        turn();

        assertThat(outcomes).containsExactly("not forwarded");
        assertThat(post.requestDone).isFalse();
        assertThat(input.takeBody())
                .singleElement()
                .satisfies(
                        part -> {
                            assertThat(part.content().toString(StandardCharsets.US_ASCII))
                                    .isEqualTo("hello");
                            ReferenceCountUtil.release(part);
                        });
    }

    @Test
    void aPostThatTheDeviceMayHaveSeenFails() {
        begin(exchange(HttpMethod.POST, "hello", true));
        device.runPendingTasks();

        closeDevice();
        turn();

        assertThat(outcomes).containsExactly("progressed", "failed 502");
    }

    @Test
    void aGetThatTheDeviceMayHaveSeenIsSentOnAnotherChannel() {
        begin(exchange(HttpMethod.GET, "", true));
        turn();

        closeDevice();
        turn();

        assertThat(outcomes).containsExactly("progressed", "not forwarded");
        assertThat(input.takeBody()).hasSize(1);
    }

    @Test
    void aFreshChannelThatIsGoneAtOnceFails() {
        begin(exchange(HttpMethod.GET, "", false));

        closeDevice();
        turn();

        assertThat(outcomes).containsExactly("failed 502");
    }

    @Test
    void nobodyIsServedByTheChannelOfAnotherUserPortOrRoute() {
        assertThat(connection.serves(ROUTE, 16992, USER)).isTrue();
        assertThat(connection.serves(ROUTE, 16992, new Console("eve", USER.address()))).isFalse();
        assertThat(connection.serves(ROUTE, 16993, USER)).isFalse();
        assertThat(connection.serves(nowhere("the device's next tunnel"), 16992, USER)).isFalse();
        closeDevice();
        assertThat(connection.serves(ROUTE, 16992, USER)).isFalse();
    }

    // What the forwarding tells the console's side.

    @Override
    public void progressed() {
        outcomes.add("progressed");
    }

    @Override
    public void answered(Exchange exchange, ChannelFuture last) {
        outcomes.add("answered");
    }

    @Override
    public void notForwarded(Exchange exchange) {
        outcomes.add("not forwarded");
    }

    @Override
    public void failed(Exchange exchange, ProxyStatus reason) {
        outcomes.add("failed " + reason.status().code());
    }

    @Override
    public void truncated(Exchange exchange) {
        outcomes.add("truncated");
    }

    @Override
    public void switched(Exchange exchange, HttpResponse response, Splice splice) {
        splice.abandon();
        outcomes.add("switched");
    }
}
