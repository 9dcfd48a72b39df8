package org.outpost.gateway.devicetraffic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;

import java.time.Duration;

/** The destination {@code events}: a listener for WS-Events on channels inside tunnels. */
final class EventListener {
    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_FIELDS = 8192;
    private static final int LARGEST_EVENT = 64 * 1024;

    private final DeviceAlerts alerts;
    private final DeviceTrafficMetrics metrics;
    private final Duration post;

    EventListener(DeviceAlerts alerts, DeviceTrafficMetrics metrics, Duration post) {
        this.alerts = alerts;
        this.metrics = metrics;
        this.post = post;
    }

    /**
     * Serves one channel.
     *
     * @param rate of all channels of the device
     */
    ChannelHandler handler(DeviceSource source, RateCap rate) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new HttpServerCodec(LONGEST_LINE, LONGEST_FIELDS, LARGEST_EVENT))
                        .addLast(new HttpObjectAggregator(LARGEST_EVENT))
                        .addLast(new FlowControlHandler())
                        .addLast(new EventPostHandler(source, alerts, metrics, rate, post));
            }
        };
    }
}
