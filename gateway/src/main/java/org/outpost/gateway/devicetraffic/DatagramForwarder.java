package org.outpost.gateway.devicetraffic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.egress.Decision;
import org.outpost.gateway.egress.EgressPolicy;
import org.outpost.gateway.transport.Transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends devices' datagrams to addresses that the egress policy allows; answers are not awaited, as
 * APF has no way back for them (apf.md section 3.6). Thread-safe.
 */
final class DatagramForwarder {
    private final Transport transport;
    private final EgressPolicy policy;
    private final DeviceTrafficMetrics metrics;
    private final AtomicReference<@Nullable CompletableFuture<Channel>> socket =
            new AtomicReference<>();

    DatagramForwarder(Transport transport, EgressPolicy policy, DeviceTrafficMetrics metrics) {
        this.transport = transport;
        this.policy = policy;
        this.metrics = metrics;
    }

    /** Sends a datagram, which it takes over; completes when that is done or given up. */
    CompletionStage<Void> send(String host, int port, ByteBuf datagram) {
        return policy.decide(host, port)
                .thenCompose(
                        decision ->
                                switch (decision) {
                                    case Decision.Refused refused -> {
                                        datagram.release();
                                        metrics.datagram(refused.cause().label());
                                        yield CompletableFuture.completedFuture(null);
                                    }
                                    case Decision.Allowed allowed -> send(allowed, datagram);
                                });
    }

    private CompletionStage<Void> send(Decision.Allowed allowed, ByteBuf datagram) {
        return socket().handle(
                        (channel, failure) -> {
                            if (channel == null) {
                                datagram.release();
                                metrics.datagram("send_failed");
                                return null;
                            }
                            channel.writeAndFlush(new DatagramPacket(datagram, allowed.address()))
                                    .addListener(
                                            sent ->
                                                    metrics.datagram(
                                                            sent.isSuccess()
                                                                    ? "forwarded"
                                                                    : "send_failed"));
                            return null;
                        });
    }

    /** One socket for all, opened at the first datagram, and again after that has failed. */
    private CompletableFuture<Channel> socket() {
        CompletableFuture<Channel> mine = new CompletableFuture<>();
        CompletableFuture<Channel> other = socket.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        transport
                .datagrams()
                .handler(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object answer) {
                                ReferenceCountUtil.release(answer);
                            }
                        })
                .bind(0)
                .addListener(
                        (ChannelFutureListener)
                                bound -> {
                                    if (bound.isSuccess()) {
                                        mine.complete(bound.channel());
                                    } else {
                                        socket.set(null);
                                        mine.completeExceptionally(bound.cause());
                                    }
                                });
        return mine;
    }
}
