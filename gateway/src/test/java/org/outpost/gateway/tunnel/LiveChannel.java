package org.outpost.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.Resolution;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A channel to a device that sends everything back. */
record LiveChannel(Channel channel, BlockingQueue<Integer> echoes) {
    static LiveChannel open(TunnelServer server, String name) throws Exception {
        Console console = new Console("", new InetSocketAddress(0));
        Resolution.Reachable found =
                (Resolution.Reachable)
                        server.directory()
                                .resolve(name, console)
                                .toCompletableFuture()
                                .get(5, TimeUnit.SECONDS);
        BlockingQueue<Integer> echoes = new ArrayBlockingQueue<>(16);
        ChannelFuture opened =
                found.route()
                        .connect(
                                LoginStormTest.STREAM,
                                new ChannelInboundHandlerAdapter() {
                                    @Override
                                    public void channelRead(ChannelHandlerContext ctx, Object msg) {
                                        ByteBuf bytes = (ByteBuf) msg;
                                        echoes.add(bytes.readInt());
                                        bytes.release();
                                    }
                                });
        return new LiveChannel(opened.sync().channel(), echoes);
    }

    /** Round trips one after the other as long as wanted; nanoseconds of each, sorted. */
    long[] roundTrips(BooleanSupplier wanted) throws InterruptedException {
        List<Long> nanos = new ArrayList<>();
        for (int number = 0; wanted.getAsBoolean(); number++) {
            long start = System.nanoTime();
            channel.writeAndFlush(Unpooled.buffer(4).writeInt(number));
            assertThat(echoes.poll(20, TimeUnit.SECONDS)).isEqualTo(number);
            nanos.add(System.nanoTime() - start);
        }
        return nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    }
}
