package org.outpost.gateway.tunnel;

import org.outpost.apf.channel.ApfAddress;
import org.outpost.apf.channel.MultiplexerListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.function.Supplier;

/** Counts what goes wrong on a tunnel's channels, and logs it, each kind once a minute a device. */
final class ChannelEvents implements MultiplexerListener {
    private static final Logger log = LoggerFactory.getLogger(ChannelEvents.class);

    private final TunnelContext context;
    private final InetSocketAddress address;
    private final Supplier<UUID> device;

    ChannelEvents(TunnelContext context, InetSocketAddress address, Supplier<UUID> device) {
        this.context = context;
        this.address = address;
        this.device = device;
    }

    @Override
    public void windowExceeded(ApfAddress target) {
        happened("window_exceeded", target);
    }

    @Override
    public void unknownChannel(int number) {
        context.metrics().channelEvent("unknown_channel");
    }

    @Override
    public void closeUnanswered(ApfAddress target) {
        happened("close_unanswered", target);
    }

    @Override
    public void openFailed(ApfAddress target, int reason, boolean willRetry) {
        happened(willRetry ? "open_retried" : "open_failed", target);
    }

    @Override
    public void reclaimed(ApfAddress target) {
        happened("reclaimed", target);
    }

    @Override
    public void openRefused(ApfAddress target, int reason) {
        happened("device_open_refused", target);
    }

    private void happened(String event, ApfAddress target) {
        context.metrics().channelEvent(event);
        if (context.notices().first(event + " " + device.get())) {
            log.atInfo()
                    .addKeyValue("event", event)
                    .addKeyValue("device", device.get())
                    .addKeyValue("address", address)
                    .addKeyValue("channel", target)
                    .log("channel event");
        }
    }
}
