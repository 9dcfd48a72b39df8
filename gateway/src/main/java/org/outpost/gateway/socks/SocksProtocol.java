package org.outpost.gateway.socks;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.socksx.SocksPortUnificationServerHandler;

import org.outpost.gateway.door.Doorway;

/**
 * SOCKS 5 (RFC 1928) with no authentication and user name/password (RFC 1929), SOCKS 4 and 4a.
 * CONNECT only. Where a client offers a user name, it is asked for it, also when the door accepts
 * anybody; where it offers none, whether it may come in without is asked of the authenticators.
 */
public final class SocksProtocol implements Doorway.Protocol {
    @Override
    public ChannelHandler newHandler(Doorway doorway) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel console) {
                console.pipeline()
                        .addLast(
                                new SocksPortUnificationServerHandler(), new SocksHandler(doorway));
            }
        };
    }
}
