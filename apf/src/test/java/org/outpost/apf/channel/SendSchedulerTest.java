package org.outpost.apf.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outpost.apf.support.Tunnels;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.WireMessage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whose turn it is when several want to send (design section 4). */
class SendSchedulerTest {
    private static final int PLENTY = 1 << 22;

    private final TunnelPair pair = new TunnelPair();
    private final List<StreamEnd> ends = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();
    private int looked;

    @BeforeEach
    void openThreeChannels() {
        pair.with(
                        ApfSide.SERVER,
                        MultiplexerSettings.server(Tunnels.windows(80 * 1024)),
                        ChannelAcceptor.NONE,
                        MultiplexerListener.NONE)
                .with(
                        ApfSide.DEVICE,
                        MultiplexerSettings.device(Tunnels.windows(PLENTY)),
                        _ -> new OpenDecision.Accept(new StreamEnd(1, 0, true)),
                        MultiplexerListener.NONE);
        for (int port = 0; port < 3; port++) {
            StreamEnd end = new StreamEnd(0, 1, true);
            channels.add(pair.server().multiplexer.connect(Tunnels.port(port), end).channel());
            ends.add(end);
        }
        pair.settle();
        looked = pair.server().sent.size();
        pair.server().shut(true);
    }

    @AfterEach
    void finish() {
        pair.finish();
    }

    /** Lets the socket take what is there, once; returns how much of each channel it took. */
    private Map<Long, Integer> takeOnce() {
        pair.server().takeOnce();
        pair.collect();
        Map<Long, Integer> taken = new HashMap<>();
        List<WireMessage> sent = pair.server().sent;
        for (; looked < sent.size(); looked++) {
            if (sent.get(looked) instanceof WireMessage.ChannelData data) {
                taken.merge(data.recipient(), data.data().size(), Integer::sum);
            }
        }
        return taken;
    }

    private Map<Long, Integer> take(int times) {
        Map<Long, Integer> all = new HashMap<>();
        for (int i = 0; i < times; i++) {
            takeOnce().forEach((channel, bytes) -> all.merge(channel, bytes, Integer::sum));
        }
        return all;
    }

    @Test
    void bulkChannelsShareAlike() {
        ends.forEach(end -> end.write(1 << 20, true));
        Map<Long, Integer> taken = take(12);
        assertThat(taken.values()).hasSize(3);
        int most = taken.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        int least = taken.values().stream().mapToInt(Integer::intValue).min().orElseThrow();
        assertThat(least).isGreaterThan(most - 80 * 1024);
    }

    @Test
    void weightIsHonoured() {
        channels.get(0).config().setOption(ApfChannelOption.WEIGHT, 4);
        ends.get(0).write(2 << 20, true);
        ends.get(1).write(2 << 20, true);
        Map<Long, Integer> taken = take(20);
        double ratio = (double) taken.getOrDefault(0L, 0) / taken.getOrDefault(1L, 1);
        assertThat(ratio).isBetween(3.0, 5.0);
    }

    @Test
    void channelThatSpeaksNowAndThenGoesFirst() {
        ends.get(0).write(2 << 20, true);
        ends.get(1).write(2 << 20, true);
        take(2);
        ends.get(2).write(100, true);
        // What the tunnel holds already goes first, then at most one turn of another.
        takeOnce();
        int before = looked;
        takeOnce();
        int bytesBefore = 0;
        boolean seen = pair.server().sent.subList(0, before).stream().anyMatch(this::isSparse);
        for (WireMessage message : pair.server().sent.subList(before, looked)) {
            if (isSparse(message)) {
                seen = true;
                break;
            }
            if (message instanceof WireMessage.ChannelData data) {
                bytesBefore += data.data().size();
            }
        }
        assertThat(seen).isTrue();
        assertThat(bytesBefore).isLessThanOrEqualTo(16 * 1024);
    }

    private boolean isSparse(WireMessage message) {
        return message instanceof WireMessage.ChannelData data && data.recipient() == 2;
    }

    @Test
    void channelThatIsAlwaysNewStarvesNobody() {
        ends.get(0).write(2 << 20, true);
        take(2);
        int bulk = 0;
        int fresh = 0;
        for (int i = 0; i < 50; i++) {
            ends.get(1).write(16 * 1024, true);
            Map<Long, Integer> taken = takeOnce();
            bulk += taken.getOrDefault(0L, 0);
            fresh += taken.getOrDefault(1L, 0);
        }
        assertThat(bulk).isGreaterThan(fresh / 3);
        assertThat(fresh).isGreaterThan(bulk / 3);
    }

    @Test
    void fullTunnelHoldsOneBufferNotTheStreams() {
        ends.forEach(end -> end.write(1 << 20, true));
        assertThat(pair.server().tunnel.unsafe().outboundBuffer().totalPendingWriteBytes())
                .isLessThan(128 * 1024);
    }
}
