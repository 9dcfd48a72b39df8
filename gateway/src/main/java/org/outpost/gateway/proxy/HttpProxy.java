package org.outpost.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;

import org.outpost.gateway.door.Doorway;

/** The HTTP proxy protocol, to be spoken behind a {@link org.outpost.gateway.door.Door}. */
public final class HttpProxy implements Doorway.Protocol {
    private final ProxySettings settings;

    /** Makes the protocol. */
    public HttpProxy(ProxySettings settings) {
        this.settings = settings;
    }

    @Override
    public ChannelHandler newHandler(Doorway doorway) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel console) {
                new HttpProxyHandler(console, doorway, settings).install();
            }
        };
    }
}
