package org.outpost.amt.redirection.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

/** The text for the user, between the messages of the device (redirection.md §2). */
class NoticeHandlerTest {
    private static final String STARTED = "21000000" + "00".repeat(19);
    private static final String REFUSED = "21010000" + "00".repeat(19);
    private static final String NOTICE = "2a00000000000000" + "0300" + "686921"; // hi!
    private static final String HEARTBEAT = "2b00000001000000";

    private static String shown(String notice, String bytes, int... cuts) {
        EmbeddedChannel channel = new EmbeddedChannel(new NoticeHandler(notice));
        ByteBuf all = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(bytes));
        for (int cut : cuts) {
            channel.writeInbound(all.readRetainedSlice(Math.min(cut, all.readableBytes())));
        }
        channel.writeInbound(all);
        StringBuilder hex = new StringBuilder();
        for (ByteBuf piece = channel.readInbound(); piece != null; piece = channel.readInbound()) {
            hex.append(ByteBufUtil.hexDump(piece));
            piece.release();
        }
        channel.finishAndReleaseAll();
        return hex.toString();
    }

    @Test
    void aNoticeComesBehindTheStartOfTheSession() {
        assertThat(shown("hi!", STARTED)).isEqualTo(STARTED + NOTICE);
    }

    @Property(tries = 200)
    void whereverTheStreamIsCutItComesOnceAndBetweenTwoMessages(
            @ForAll @IntRange(max = 30) int first, @ForAll @IntRange(max = 30) int second) {
        assertThat(shown("hi!", STARTED + HEARTBEAT + STARTED, first, second))
                .isEqualTo(STARTED + NOTICE + HEARTBEAT + STARTED);
    }

    @Test
    void aSessionThatTheDeviceRefusesShowsNone() {
        assertThat(shown("hi!", REFUSED)).isEqualTo(REFUSED);
        assertThat(shown("hi!", REFUSED, 1)).isEqualTo(REFUSED);
        assertThat(shown("hi!", HEARTBEAT + STARTED)).isEqualTo(HEARTBEAT + STARTED);
    }

    @Test
    void noNoticeIsNone() {
        assertThat(shown("", STARTED, 3)).isEqualTo(STARTED);
    }
}
