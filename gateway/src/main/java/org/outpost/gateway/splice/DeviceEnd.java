package org.outpost.gateway.splice;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;

import org.outpost.apf.channel.ApfChannelOption;

import java.util.concurrent.TimeUnit;

/** The device's end: APF knows no half-close, so it is open or closed. */
final class DeviceEnd extends SpliceEnd {
    private static final long RECLAIMABLE_MILLIS = 1000;

    DeviceEnd(Splice splice) {
        super(splice);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            // Only a route over plain TCP can say this; it shall mean what an APF close means.
            ctx.close();
        } else if (event instanceof ChannelOutputShutdownEvent) {
            // The device has closed. What it sent before waits for the console, but not for ever.
            outputEnds();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    void peerEnded() {
        splice().progressed();
        letGoForOthers();
        watchLinger();
    }

    /**
     * Most consoles that send no more have gone altogether, which TCP does not tell: while others
     * wait for one of the device's few channels, this one lingers only briefly.
     */
    private void letGoForOthers() {
        ChannelConfig config = context().channel().config();
        Long after = config.getOption(ApfChannelOption.RECLAIM_AFTER_IDLE_MILLIS);
        if (after != null && (after < 0 || after > RECLAIMABLE_MILLIS)) {
            config.setOption(ApfChannelOption.RECLAIM_AFTER_IDLE_MILLIS, RECLAIMABLE_MILLIS);
        }
    }

    private void watchLinger() {
        if (!context().channel().isActive()) {
            return;
        }
        long left = splice().settings().linger().toNanos() - splice().idleNanos();
        if (left <= 0) {
            splice().endsBecause(SpliceEnding.LINGERED);
            context().close();
            return;
        }
        context().executor().schedule(this::watchLinger, left, TimeUnit.NANOSECONDS);
    }

    /**
     * A console that does not read for a while is the console's affair; it costs the device
     * nothing.
     */
    @Override
    void handedOver() {}

    @Override
    void watchDrain() {}

    @Override
    void channelClosed() {
        inputEnds();
    }

    @Override
    SpliceEnding failure() {
        return SpliceEnding.DEVICE_FAILED;
    }

    @Override
    void delivered(long bytes) {
        splice().deliveredToDevice(bytes);
    }
}
