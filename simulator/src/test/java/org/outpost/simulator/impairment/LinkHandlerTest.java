package org.outpost.simulator.impairment;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

class LinkHandlerTest {
    @Test
    void bytesArriveAfterTheLatencyInBothDirections() {
        EmbeddedChannel channel =
                channel(LinkQuality.delayed(Duration.ofMillis(100), Duration.ZERO));

        channel.writeInbound(text("in"));
        channel.writeOutbound(text("out"));
        assertThat(pass(channel, 99)).isEqualTo("|");
        assertThat(pass(channel, 1)).isEqualTo("in|out");
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void jitterKeepsTheOrder() {
        EmbeddedChannel channel =
                channel(LinkQuality.delayed(Duration.ofMillis(10), Duration.ofMillis(50)));
        StringBuilder sent = new StringBuilder();
        StringBuilder arrived = new StringBuilder();

        for (char c = 'a'; c <= 'z'; c++) {
            sent.append(c);
            channel.writeInbound(text(String.valueOf(c)));
            arrived.append(pass(channel, 3).replace("|", ""));
        }
        arrived.append(pass(channel, 60).replace("|", ""));

        assertThat(arrived).hasToString(sent.toString());
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void aNarrowLinkPassesPieceByPiece() {
        EmbeddedChannel channel = channel(LinkQuality.PERFECT.narrowedTo(800_000));
        ChannelFuture written = channel.writeOneOutbound(Unpooled.wrappedBuffer(new byte[100_000]));

        int half = pass(channel, 500).length();
        assertThat(half).isBetween(45_000, 60_000);
        assertThat(written.isDone()).isFalse();
        int rest = pass(channel, 500).length();
        assertThat(half + rest).isEqualTo(100_002);
        assertThat(written.isSuccess()).isTrue();
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void tooMuchUnderWayHoldsTheSenderBack() {
        EmbeddedChannel channel = channel(LinkQuality.PERFECT.narrowedTo(8_000_000));

        channel.writeOneOutbound(Unpooled.wrappedBuffer(new byte[LinkHandler.HIGH_WATER]));
        channel.runPendingTasks();
        assertThat(channel.isWritable()).isFalse();

        pass(channel, 200);
        assertThat(channel.isWritable()).isTrue();
        pass(channel, 200);
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void tooMuchUnderWayStopsReadingTheSocket() {
        ReadCounter reads = new ReadCounter();
        EmbeddedChannel channel =
                EmbeddedChannel.builder()
                        .handlers(
                                reads,
                                new LinkHandler(LinkQuality.PERFECT.narrowedTo(8_000_000), 1))
                        .build();
        channel.freezeTime();

        channel.writeInbound(Unpooled.wrappedBuffer(new byte[LinkHandler.HIGH_WATER]));
        int before = reads.count;
        channel.read();
        assertThat(reads.count).isEqualTo(before);

        pass(channel, 200);
        assertThat(reads.count).isEqualTo(before + 1);
        pass(channel, 200);
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void whatWasSentBeforeACloseStillTravels() {
        EmbeddedChannel channel =
                channel(LinkQuality.delayed(Duration.ofMillis(100), Duration.ofMillis(20)));

        channel.writeOutbound(text("last "), text("words"));
        ChannelFuture closed = channel.pipeline().close();
        ChannelFuture again = channel.pipeline().close();

        assertThat(pass(channel, 90)).isEqualTo("|");
        assertThat(channel.isOpen()).isTrue();
        assertThat(pass(channel, 40)).isEqualTo("|last words");
        assertThat(channel.isOpen()).isFalse();
        assertThat(closed.isSuccess()).isTrue();
        assertThat(again.isSuccess()).isTrue();
    }

    @Test
    void theServersEndDeliversWhatArrivedAndDropsWhatDidNotLeave() {
        EmbeddedChannel channel =
                channel(LinkQuality.delayed(Duration.ofMillis(100), Duration.ZERO));

        channel.writeInbound(text("in"));
        ChannelFuture written = channel.writeOneOutbound(text("out"));
        channel.unsafe().close(channel.newPromise());
        channel.runPendingTasks();

        assertThat(pass(channel, 0)).isEqualTo("in|");
        assertThat(written.isDone()).isTrue();
        assertThat(written.isSuccess()).isFalse();
        assertThat(channel.finish()).isFalse();
    }

    private static EmbeddedChannel channel(LinkQuality quality) {
        EmbeddedChannel channel = new EmbeddedChannel(new LinkHandler(quality, 1));
        channel.freezeTime();
        return channel;
    }

    /** What came in and what went out in that time, as {@code in|out}. */
    private static String pass(EmbeddedChannel channel, long millis) {
        for (long i = 0; i < millis; i++) {
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
        StringBuilder text = new StringBuilder();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            text.append(next.toString(StandardCharsets.US_ASCII));
            next.release();
        }
        text.append('|');
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            text.append(next.toString(StandardCharsets.US_ASCII));
            next.release();
        }
        return text.toString();
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
