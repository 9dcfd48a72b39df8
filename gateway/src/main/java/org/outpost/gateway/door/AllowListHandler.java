package org.outpost.gateway.door;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ipfilter.IpSubnetFilter;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;

/** Closes connections from networks that are not on the door's list. */
@Sharable
final class AllowListHandler extends IpSubnetFilter {
    private static final Logger log = LoggerFactory.getLogger(AllowListHandler.class);

    private final Doorway doorway;
    private final OncePerMinute logging = new OncePerMinute();

    AllowListHandler(Doorway doorway) {
        super(false, doorway.settings().allowed());
        this.doorway = doorway;
    }

    @Override
    protected @Nullable ChannelFuture channelRejected(
            ChannelHandlerContext ctx, InetSocketAddress address) {
        doorway.metrics().turnedAway("address");
        logging.happened(
                count ->
                        log.atWarn()
                                .addKeyValue("door", doorway.name())
                                .addKeyValue("console", address)
                                .addKeyValue("count", count)
                                .log("connection from an address that is not allowed"));
        return null;
    }
}
