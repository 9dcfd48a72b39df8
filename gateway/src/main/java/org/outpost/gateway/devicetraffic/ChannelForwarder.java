package org.outpost.gateway.devicetraffic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxyTLV;

import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.message.OpenFailureReason;
import org.outpost.gateway.egress.Decision;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.splice.Splice;
import org.outpost.gateway.splice.SpliceCounters;
import org.outpost.gateway.splice.SpliceSettings;
import org.outpost.gateway.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Connects devices' channels to addresses that the egress policy allows. Thread-safe. */
final class ChannelForwarder {
    private static final Logger log = LoggerFactory.getLogger(ChannelForwarder.class);

    private final Transport transport;
    private final EgressPolicy policy;
    private final DeviceTrafficMetrics metrics;
    private final Duration connect;
    private final boolean identify;
    private final SpliceCounters bytes = new SpliceCounters();

    ChannelForwarder(
            Transport transport,
            EgressPolicy policy,
            DeviceTrafficMetrics metrics,
            Duration connect,
            boolean identify) {
        this.transport = transport;
        this.policy = policy;
        this.metrics = metrics;
        this.connect = connect;
        this.identify = identify;
    }

    /**
     * Connects, and decides by how that goes.
     *
     * @param tunnel what is connected ends with it
     */
    CompletionStage<OpenDecision> open(Channel tunnel, DeviceSource source, String host, int port) {
        return policy.decide(host, port)
                .thenCompose(
                        decision ->
                                switch (decision) {
                                    case Decision.Refused refused -> refused(source, refused);
                                    case Decision.Allowed allowed ->
                                            connect(tunnel, source, allowed.address());
                                });
    }

    private CompletionStage<OpenDecision> refused(DeviceSource source, Decision.Refused refused) {
        metrics.channel(refused.cause().label());
        log.atDebug()
                .addKeyValue("device", source.device())
                .addKeyValue("reason", refused.reason())
                .log("a device's channel is refused");
        OpenFailureReason reason =
                switch (refused.cause()) {
                    case NOT_ALLOWED, SPECIAL_ADDRESS, OWN_DOOR ->
                            OpenFailureReason.ADMINISTRATIVELY_PROHIBITED;
                    case UNRESOLVED -> OpenFailureReason.CONNECT_FAILED;
                    case BUSY -> OpenFailureReason.RESOURCE_SHORTAGE;
                };
        return CompletableFuture.completedFuture(new OpenDecision.Refuse(reason));
    }

    private CompletionStage<OpenDecision> connect(
            Channel tunnel, DeviceSource source, InetSocketAddress target) {
        CompletableFuture<OpenDecision> answer = new CompletableFuture<>();
        Splice splice = new Splice(SpliceSettings.DEFAULT, bytes);
        ChannelFuture connecting =
                transport
                        .halfClosingClient()
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(connect.toMillis()))
                        .handler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline().addLast(splice.consoleEnd());
                                    }
                                })
                        .connect(target);
        endsWith(tunnel, connecting.channel());
        connecting.addListener(
                done -> {
                    if (!done.isSuccess()) {
                        metrics.channel("connect_failed");
                        answer.complete(new OpenDecision.Refuse(OpenFailureReason.CONNECT_FAILED));
                        return;
                    }
                    metrics.channel("forwarded");
                    log.atInfo()
                            .addKeyValue("device", source.device())
                            .addKeyValue("target", target)
                            .log("a device's channel is connected to an allowed address");
                    if (identify) {
                        connecting.channel().writeAndFlush(header(source, target));
                    }
                    splice.begin();
                    answer.complete(new OpenDecision.Accept(splice.deviceEnd()));
                });
        return answer;
    }

    /** Also when the tunnel ends before the device has heard of the connection. */
    private static void endsWith(Channel tunnel, Channel connection) {
        ChannelFutureListener end = _ -> connection.close();
        tunnel.closeFuture().addListener(end);
        connection.closeFuture().addListener(_ -> tunnel.closeFuture().removeListener(end));
    }

    private static ByteBuf header(DeviceSource source, InetSocketAddress target) {
        InetAddress from = source.address().getAddress();
        boolean four = from instanceof Inet4Address && target.getAddress() instanceof Inet4Address;
        ByteBuf uuid = Unpooled.copiedBuffer(source.device().toString(), StandardCharsets.US_ASCII);
        HAProxyMessage message =
                new HAProxyMessage(
                        HAProxyProtocolVersion.V2,
                        HAProxyCommand.PROXY,
                        four ? HAProxyProxiedProtocol.TCP4 : HAProxyProxiedProtocol.TCP6,
                        text(from, four),
                        text(target.getAddress(), four),
                        source.address().getPort(),
                        target.getPort(),
                        List.of(new HAProxyTLV(HAProxyTLV.Type.PP2_TYPE_AUTHORITY, uuid)));
        EmbeddedChannel encoder = new EmbeddedChannel(HAProxyMessageEncoder.INSTANCE);
        encoder.writeOutbound(message);
        ByteBuf header = encoder.readOutbound();
        encoder.finishAndReleaseAll();
        return header;
    }

    private static String text(InetAddress address, boolean four) {
        if (four || !(address instanceof Inet4Address)) {
            String text = address.getHostAddress();
            int zone = text.indexOf('%');
            return zone < 0 ? text : text.substring(0, zone);
        }
        return "::ffff:" + address.getHostAddress();
    }
}
