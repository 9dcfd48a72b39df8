package org.outpost.simulator.amt;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;

import java.util.concurrent.TimeUnit;

/**
 * Makes a channel from a console an HTTP connection of a device: ports 16992 and 623, and inside
 * TLS 16993 and 664. The channel may be any: a socket or one inside a tunnel.
 */
public final class AmtHttpInitializer extends ChannelInitializer<Channel> {
    /** Requests after which the connection is closed (simulator.md §6). */
    public static final int DEFAULT_REQUESTS = 100;

    /** Largest body taken, in octets: AMT takes 50,000 at least (wsman.md §1). */
    static final int LARGEST_BODY = 64 * 1024;

    private static final int LONGEST_LINE = 8 * 1024;
    private static final int LARGEST_HEADERS = 64 * 1024;
    private static final int LARGEST_CHUNK = 8 * 1024;
    private static final int IDLE_SECONDS = 60;

    private final AmtDevice device;
    private final boolean secure;
    private final int requests;

    /**
     * Connections of one device.
     *
     * @param device the device that answers
     * @param secure whether a TLS handler stands before
     * @param requests after how many requests, from 1, a connection is closed
     */
    public AmtHttpInitializer(AmtDevice device, boolean secure, int requests) {
        this.device = device;
        this.secure = secure;
        this.requests = requests;
    }

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new IdleStateHandler(0, 0, IDLE_SECONDS, TimeUnit.SECONDS));
        pipeline.addLast(new HttpServerCodec(LONGEST_LINE, LARGEST_HEADERS, LARGEST_CHUNK));
        pipeline.addLast(new BodyAggregator(LARGEST_BODY, device.serverHeader()));
        pipeline.addLast(new AmtHttpHandler(device, secure, requests));
    }
}
