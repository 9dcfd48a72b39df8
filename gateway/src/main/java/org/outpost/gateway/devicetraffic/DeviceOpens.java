package org.outpost.gateway.devicetraffic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.OpenFailureReason;
import org.outpost.apf.message.UdpSendTo;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What one device opens, and how much of it at once. Only the tunnel's loop uses it. */
final class DeviceOpens implements DeviceTraffic.OfTunnel {
    private static final int LARGEST_DATAGRAM = 4096;
    private static final int DATAGRAMS_WAITING = 64;

    private final Channel tunnel;
    private final Supplier<@Nullable DeviceSource> source;
    private final DeviceTrafficSettings settings;
    private final DeviceTrafficMetrics metrics;
    private final EventListener events;
    private final TrapInbox traps;
    private final ChannelForwarder channels;
    private final DatagramForwarder datagrams;
    private final RateCap datagramRate;
    private final RateCap eventRate;
    private int open;
    private int waiting;

    DeviceOpens(
            Channel tunnel,
            Supplier<@Nullable DeviceSource> source,
            DeviceTrafficSettings settings,
            DeviceTrafficMetrics metrics,
            EventListener events,
            TrapInbox traps,
            ChannelForwarder channels,
            DatagramForwarder datagrams) {
        this.tunnel = tunnel;
        this.source = source;
        this.settings = settings;
        this.metrics = metrics;
        this.events = events;
        this.traps = traps;
        this.channels = channels;
        this.datagrams = datagrams;
        this.datagramRate = new RateCap(settings.datagramsPerSecond(), tunnel.eventLoop().ticker());
        this.eventRate = new RateCap(settings.eventsPerSecond(), tunnel.eventLoop().ticker());
    }

    @Override
    public OpenDecision decide(ChannelOpen request) {
        if (!request.channelType().equals(ApfConstants.DIRECT_TCPIP)) {
            return refuse("unknown_type", OpenFailureReason.UNKNOWN_CHANNEL_TYPE);
        }
        DeviceSource device = source.get();
        if (device == null || settings.traps().contain(request.address(), request.port())) {
            return refuse("not_allowed", OpenFailureReason.ADMINISTRATIVELY_PROHIBITED);
        }
        if (open >= settings.channelsPerDevice()) {
            return refuse("too_many", OpenFailureReason.RESOURCE_SHORTAGE);
        }
        open++;
        if (settings.events().contain(request.address(), request.port())) {
            metrics.channel("events");
            return new OpenDecision.Accept(counted(events.handler(device, eventRate)));
        }
        return new OpenDecision.Later(
                channels.open(tunnel, device, request.address(), request.port())
                        .handleAsync(this::decided, tunnel.eventLoop()));
    }

    private OpenDecision decided(@Nullable OpenDecision decision, @Nullable Throwable failure) {
        if (decision instanceof OpenDecision.Accept accept) {
            return new OpenDecision.Accept(counted(accept.handler()));
        }
        open--;
        return decision == null
                ? new OpenDecision.Refuse(OpenFailureReason.CONNECT_FAILED)
                : decision;
    }

    private OpenDecision refuse(String outcome, OpenFailureReason reason) {
        metrics.channel(outcome);
        return new OpenDecision.Refuse(reason);
    }

    /** The handler on a channel that counts until it closes. */
    private ChannelHandler counted(ChannelHandler handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.closeFuture().addListener(_ -> open--);
                channel.pipeline().addLast(handler);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                ctx.fireExceptionCaught(cause);
                ctx.close();
            }
        };
    }

    @Override
    public void datagram(UdpSendTo request) {
        DeviceSource device = source.get();
        int bytes = request.content().readableBytes();
        if (device == null || bytes > LARGEST_DATAGRAM || request.port() == 0) {
            drop(bytes > LARGEST_DATAGRAM ? "too_long" : "not_allowed");
            return;
        }
        if (!datagramRate.take() || waiting >= DATAGRAMS_WAITING) {
            drop("too_many");
            return;
        }
        if (settings.events().contain(request.address(), request.port())) {
            drop("not_allowed");
            return;
        }
        waiting++;
        CompletionStage<Void> done =
                settings.traps().contain(request.address(), request.port())
                        ? traps.received(device, request)
                        : datagrams.send(
                                request.address(), request.port(), request.content().retain());
        done.whenCompleteAsync((_, _) -> waiting--, tunnel.eventLoop());
    }

    private void drop(String outcome) {
        metrics.datagram(outcome);
    }
}
