package org.outpost.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.outpost.gateway.route.Route;
import org.outpost.gateway.traffic.ByteTally;
import org.outpost.gateway.traffic.Rates;

import java.net.ConnectException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

class OpenChannelsTest {
    private static final UUID DEVICE = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564433");

    private final OpenChannels channels = new OpenChannels();

    private static ChannelUse use(int port) {
        return new ChannelUse(
                DEVICE, "pc1", port, OptionalLong.of(7), "socks", Means.OPAQUE, "alice", null);
    }

    private static EmbeddedChannel add(OpenChannels to) {
        EmbeddedChannel channel = new EmbeddedChannel();
        to.add(use(16992), channel, new ByteTally(), channel::close);
        return channel;
    }

    /** Connects at once, or says that the device refused. */
    private static Route route(boolean refused) {
        return (int port, ChannelHandler handler) -> {
            EmbeddedChannel channel = new EmbeddedChannel(handler);
            return refused
                    ? channel.newFailedFuture(new ConnectException("refused"))
                    : channel.newSucceededFuture();
        };
    }

    @Test
    void aChannelIsThereFromItsConnectToItsClose() {
        EmbeddedChannel first = add(channels);
        EmbeddedChannel second = add(channels);
        assertThat(channels.channels()).extracting(ChannelInfo::id).containsExactly(1L, 2L);
        assertThat(channels.channel(2).map(ChannelInfo::use)).contains(use(16992));

        first.close();

        assertThat(channels.channels()).extracting(ChannelInfo::id).containsExactly(2L);
        assertThat(channels.channel(1)).isEmpty();
        second.close();
        assertThat(channels.channels()).isEmpty();
    }

    @Test
    void oneThatHasClosedBeforeIsNotKept() {
        EmbeddedChannel closed = new EmbeddedChannel();
        closed.close();

        channels.add(use(16992), closed, new ByteTally(), closed::close);

        assertThat(channels.channels()).isEmpty();
    }

    @Test
    void bytesAreCountedWhereTheChannelIsConnectedHere() {
        ChannelFuture connected =
                channels.connect(
                        route(false),
                        16993,
                        new ChannelInboundHandlerAdapter(),
                        OpenChannelsTest::use);
        EmbeddedChannel channel = (EmbeddedChannel) connected.channel();
        channel.runPendingTasks();
        channel.writeInbound(Unpooled.buffer(3).writeMedium(1));
        channel.writeOutbound(Unpooled.buffer(8).writeLong(1));

        ChannelInfo info = channels.channels().getFirst();
        assertThat(info.use().port()).isEqualTo(16993);
        assertThat(info.bytesToConsole()).isEqualTo(3);
        assertThat(info.bytesToDevice()).isEqualTo(8);
        assertThat(info.rates()).isEqualTo(new Rates(8, 3));
        channels.sample(System.nanoTime());
        channels.sample(System.nanoTime());
        assertThat(channels.channels().getFirst().rates()).isEqualTo(Rates.NONE);
        release(channel);
    }

    private static void release(EmbeddedChannel channel) {
        for (ByteBuf in = channel.readInbound(); in != null; in = channel.readInbound()) {
            in.release();
        }
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            out.release();
        }
        channel.close();
    }

    @Test
    void whatTheDeviceRefusedIsNoChannel() {
        channels.connect(
                route(true), 16992, new ChannelInboundHandlerAdapter(), OpenChannelsTest::use);

        assertThat(channels.channels()).isEmpty();
    }

    @Test
    void aResetIsOverWhenTheChannelIsGone() {
        EmbeddedChannel channel = new EmbeddedChannel();
        boolean[] cut = {false};
        channels.add(use(16992), channel, new ByteTally(), () -> cut[0] = true);

        CompletableFuture<Boolean> reset = channels.reset(1).toCompletableFuture();

        assertThat(cut[0]).isTrue();
        assertThat(reset).isNotDone();
        channel.close();
        assertThat(reset).isCompletedWithValue(true);
        assertThat(channels.reset(1).toCompletableFuture()).isCompletedWithValue(false);
    }

    /** Opened, closed by the device or cut here, in any order: what is listed is what is open. */
    @Property(tries = 300)
    void whatIsListedIsWhatIsOpen(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 299) Integer> steps) {
        OpenChannels tried = new OpenChannels();
        Map<Long, Channel> open = new LinkedHashMap<>();
        long opened = 0;
        for (int step : steps) {
            long id = step % 25;
            switch (step / 100) {
                case 0 -> {
                    opened++;
                    open.put(opened, add(tried));
                }
                case 1 -> {
                    Channel left = open.remove(id);
                    if (left != null) {
                        left.close();
                    }
                }
                default ->
                        assertThat(tried.reset(id).toCompletableFuture())
                                .isCompletedWithValue(open.remove(id) != null);
            }
            assertThat(tried.channels())
                    .extracting(ChannelInfo::id)
                    .containsExactlyElementsOf(open.keySet());
        }
        open.values().forEach(Channel::close);
        assertThat(tried.channels()).isEmpty();
    }
}
