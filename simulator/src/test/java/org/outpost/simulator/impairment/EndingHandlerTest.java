package org.outpost.simulator.impairment;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

class EndingHandlerTest {
    private final EndWatcher watcher = new EndWatcher();

    @Test
    void aResetComesBetweenItsTimeAndItsTimeWithSpread() {
        EmbeddedChannel channel =
                channel(
                        new Ending(
                                Ending.Kind.RESET, Duration.ofSeconds(20), Duration.ofSeconds(5)));

        pass(channel, 19);
        assertThat(channel.isOpen()).isTrue();
        pass(channel, 6);
        assertThat(channel.isOpen()).isFalse();
        assertThat(watcher.ends).isEqualTo(1);
    }

    @Test
    void inSilenceTheSocketStaysOpenAndMuteWhileTheDeviceIsGone() {
        EmbeddedChannel channel =
                channel(new Ending(Ending.Kind.SILENCE, Duration.ofSeconds(20), Duration.ZERO));

        pass(channel, 21);
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[3]));
        channel.writeOutbound(Unpooled.wrappedBuffer(new byte[3]));
        channel.pipeline().close();

        assertThat(watcher.ends).isEqualTo(1);
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(channel.outboundMessages()).isEmpty();

        pass(channel, EndingHandler.HELD.toSeconds());
        assertThat(channel.isOpen()).isFalse();
        assertThat(watcher.ends).isEqualTo(1);
    }

    @Test
    void withoutAnEndingNothingEnds() {
        EmbeddedChannel channel = channel(Ending.NONE);

        pass(channel, 100_000);

        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }

    private EmbeddedChannel channel(Ending ending) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(new EndingHandler(ending, 1), watcher);
        channel.pipeline().fireChannelActive();
        return channel;
    }

    private static void pass(EmbeddedChannel channel, long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private static final class EndWatcher extends ChannelInboundHandlerAdapter {
        private int ends;

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ends++;
        }
    }
}
