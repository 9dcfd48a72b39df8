package org.outpost.apf.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;

import org.outpost.apf.codec.ApfCodec;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.codec.MessageGate;
import org.outpost.apf.support.Tunnels;
import org.outpost.apf.support.Valve;
import org.outpost.testkit.apf.ApfBytes;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.ApfWire;
import org.outpost.testkit.apf.WireMessage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Two multiplexers with their codecs, and between them a wire that delivers when it is told to, in
 * pieces of any size. What each side says is checked against its {@link SideView}.
 */
final class TunnelPair {
    final MockTicker ticker = Ticker.newMockTicker();
    private final Map<ApfSide, End> ends = new EnumMap<>(ApfSide.class);
    private final ApfWire emitted = new ApfWire();
    private final ApfWire arrived = new ApfWire();

    /** One side. */
    static final class End {
        final EmbeddedChannel tunnel;
        final ApfMultiplexer multiplexer;
        final SideView view;
        final Valve valve = new Valve();
        final List<WireMessage> sent = new ArrayList<>();
        private final ArrayDeque<byte[]> inFlight = new ArrayDeque<>();

        private End(
                ApfSide side,
                MockTicker ticker,
                MultiplexerSettings settings,
                ChannelAcceptor acceptor,
                MultiplexerListener listener) {
            tunnel = Tunnels.embedded(ticker);
            tunnel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(32 * 1024, 64 * 1024));
            view = new SideView(side.toString());
            ApfCodec codec = new ApfCodec(ApfLimits.DEFAULT, MessageGate.OPEN);
            multiplexer = new ApfMultiplexer(settings, acceptor, listener, new RoundTrip());
            tunnel.pipeline()
                    .addLast("valve", valve)
                    .addLast(codec.decoder(), codec.encoder(), multiplexer);
        }

        void shut(boolean now) {
            valve.shut(tunnel.pipeline().context(valve), now);
        }

        /** Lets a shut socket take what it was given so far. */
        void takeOnce() {
            tunnel.pipeline().context(valve).flush();
        }

        int inFlight() {
            return inFlight.stream().mapToInt(bytes -> bytes.length).sum();
        }
    }

    /** Joins a side with these settings to another. */
    TunnelPair with(
            ApfSide side,
            MultiplexerSettings settings,
            ChannelAcceptor acceptor,
            MultiplexerListener listener) {
        ends.put(side, new End(side, ticker, settings, acceptor, listener));
        return this;
    }

    End server() {
        return end(ApfSide.SERVER);
    }

    End device() {
        return end(ApfSide.DEVICE);
    }

    End end(ApfSide side) {
        return Objects.requireNonNull(ends.get(side));
    }

    /** Takes what the sides have said. */
    void collect() {
        for (ApfSide side : ends.keySet()) {
            End end = end(side);
            end.tunnel.runPendingTasks();
            for (ByteBuf part = end.tunnel.readOutbound();
                    part != null;
                    part = end.tunnel.readOutbound()) {
                byte[] bytes = ByteBufUtil.getBytes(part);
                part.release();
                if (bytes.length > 0) {
                    end.inFlight.add(bytes);
                    for (WireMessage message : emitted.feed(side, bytes)) {
                        end.sent.add(message);
                        end.view.sent(message);
                    }
                }
            }
        }
    }

    /** Delivers at most so many bytes that a side has sent, as one read of the other. */
    void deliver(ApfSide from, int most) {
        collect();
        ArrayDeque<byte[]> inFlight = end(from).inFlight;
        byte[] piece = new byte[0];
        while (piece.length < most && !inFlight.isEmpty()) {
            byte[] next = inFlight.poll();
            int taken = Math.min(next.length, most - piece.length);
            piece = ApfBytes.concat(piece, Arrays.copyOf(next, taken));
            if (taken < next.length) {
                inFlight.addFirst(Arrays.copyOfRange(next, taken, next.length));
            }
        }
        if (piece.length > 0) {
            arrive(from, piece);
            collect();
        }
    }

    private void arrive(ApfSide from, byte[] piece) {
        End to = end(from.other());
        arrived.feed(from, piece).forEach(to.view::got);
        to.tunnel.writeInbound(Unpooled.wrappedBuffer(piece));
    }

    /** Says something for a side that its multiplexer would not say. */
    void inject(ApfSide from, byte[] bytes) {
        collect();
        arrived.feed(from, bytes).forEach(end(from.other()).view::got);
        end(from.other()).tunnel.writeInbound(Unpooled.wrappedBuffer(bytes));
        collect();
    }

    /** Delivers everything, until both sides are silent. */
    void settle() {
        collect();
        while (server().inFlight() + device().inFlight() > 0) {
            deliver(ApfSide.SERVER, 1 << 16);
            deliver(ApfSide.DEVICE, 1 << 16);
        }
    }

    void advance(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
        ends.values().forEach(end -> end.tunnel.runScheduledPendingTasks());
        collect();
    }

    void finish() {
        ends.values().forEach(end -> end.tunnel.finishAndReleaseAll());
    }
}
