package org.outpost.gateway.door;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;

/** Closes connections from networks that are not on the door's list. */
@Sharable
final class AllowListHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(AllowListHandler.class);

    private final Doorway doorway;
    private final OncePerMinute logging = new OncePerMinute();

    AllowListHandler(Doorway doorway) {
        this.doorway = doorway;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        InetSocketAddress address = SignIn.address(ctx.channel());
        if (doorway.settings().allowed().contains(address.getAddress())) {
            ctx.fireChannelActive();
            return;
        }
        doorway.metrics().turnedAway("address");
        logging.happened(
                count ->
                        log.atWarn()
                                .addKeyValue("door", doorway.name())
                                .addKeyValue("console", address)
                                .addKeyValue("count", count)
                                .log("connection from an address that is not allowed"));
        ctx.close();
    }
}
