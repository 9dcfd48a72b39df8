package org.outpost.gateway.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;

import org.outpost.gateway.route.Route;
import org.outpost.gateway.traffic.ByteCount;
import org.outpost.gateway.traffic.ByteTally;
import org.outpost.gateway.traffic.Sampled;
import org.outpost.gateway.traffic.TrafficMeter;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * The channels to devices that are open now. A channel is here from when it was connected until it
 * is closed; what is here is bounded by the limits of the doors and of the tunnels. Thread-safe,
 * waits for nobody.
 */
public final class OpenChannels implements Sampled {
    private final Map<Long, Entry> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    private record Entry(
            long id,
            ChannelUse use,
            Instant since,
            Channel channel,
            ByteCount bytes,
            TrafficMeter meter,
            Runnable cut) {
        ChannelInfo info() {
            return new ChannelInfo(
                    id,
                    use,
                    since,
                    bytes.toDevice(),
                    bytes.fromDevice(),
                    meter.rates(System.nanoTime()));
        }
    }

    /**
     * Keeps a channel here as long as it is open.
     *
     * @param channel connected to the device
     * @param bytes counts what flows through it
     * @param cut ends it, and what hangs on it; called on any thread
     */
    public void add(ChannelUse use, Channel channel, ByteCount bytes, Runnable cut) {
        long id = numbers.incrementAndGet();
        TrafficMeter meter = new TrafficMeter(bytes, System.nanoTime());
        open.put(id, new Entry(id, use, Instant.now(), channel, bytes, meter, cut));
        // After it was put there: it may have closed already.
        channel.closeFuture().addListener(_ -> open.remove(id));
    }

    /**
     * Connects to a port of a device, and keeps the channel here.
     *
     * @param use tells what it is for, by its port
     * @param handler as {@link Route#connect} takes it
     */
    public ChannelFuture connect(
            Route route, int port, ChannelHandler handler, IntFunction<ChannelUse> use) {
        ByteTally bytes = new ByteTally();
        ChannelFuture connecting =
                route.connect(
                        port,
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline().addLast(bytes, handler);
                            }
                        });
        connecting.addListener(
                done -> {
                    if (done.isSuccess()) {
                        Channel channel = connecting.channel();
                        add(use.apply(port), channel, bytes, channel::close);
                    }
                });
        return connecting;
    }

    /** All of them, the oldest first. */
    public List<ChannelInfo> channels() {
        return open.values().stream()
                .sorted(Comparator.comparingLong(Entry::id))
                .map(Entry::info)
                .toList();
    }

    /** The channel with this number. */
    public Optional<ChannelInfo> channel(long id) {
        return Optional.ofNullable(open.get(id)).map(Entry::info);
    }

    /**
     * Ends a channel at once; what it has not delivered is lost.
     *
     * @return completes with whether there was such a channel, when it is gone
     */
    public CompletionStage<Boolean> reset(long id) {
        Entry entry = open.get(id);
        if (entry == null) {
            return CompletableFuture.completedStage(false);
        }
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        entry.channel().closeFuture().addListener(_ -> gone.complete(true));
        entry.cut().run();
        return gone;
    }

    @Override
    public void sample(long nanos) {
        open.values().forEach(entry -> entry.meter().sample(nanos));
    }
}
