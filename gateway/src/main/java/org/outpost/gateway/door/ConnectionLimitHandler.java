package org.outpost.gateway.door;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts a door's connections, and closes those beyond its limits. */
@Sharable
final class ConnectionLimitHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(ConnectionLimitHandler.class);

    private final Doorway doorway;
    private final AtomicInteger total;
    private final ConcurrentMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final OncePerMinute logging = new OncePerMinute();

    ConnectionLimitHandler(Doorway doorway) {
        this.doorway = doorway;
        this.total = doorway.metrics().open();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        InetAddress address = SignIn.address(ctx.channel()).getAddress();
        int all = total.incrementAndGet();
        int here = perAddress.merge(address, 1, Integer::sum);
        ctx.channel().closeFuture().addListener(closed -> left(address));
        if (exceeds(all, doorway.settings().connections())) {
            turnAway(ctx, "connections");
        } else if (exceeds(here, doorway.settings().connectionsPerAddress())) {
            turnAway(ctx, "connections_per_address");
        } else {
            ctx.fireChannelActive();
        }
    }

    private static boolean exceeds(int count, int limit) {
        return limit > 0 && count > limit;
    }

    private void left(InetAddress address) {
        total.decrementAndGet();
        perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    private void turnAway(ChannelHandlerContext ctx, String limit) {
        doorway.metrics().turnedAway(limit);
        logging.happened(
                count ->
                        log.atWarn()
                                .addKeyValue("door", doorway.name())
                                .addKeyValue("limit", limit)
                                .addKeyValue("console", SignIn.address(ctx.channel()))
                                .addKeyValue("count", count)
                                .log("connection beyond a limit"));
        ctx.close();
    }
}
