package org.outpost.amt.redirection.sol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.outpost.amt.redirection.RedirectionChannel;
import org.outpost.amt.redirection.RedirectionException;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.message.SessionMessage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class SolTerminalTest {
    private static final String START = "200000000000000010276400000010276400d00700000000";
    private static final String START_REPLY = "21000000" + "00000000" + "00".repeat(15);
    private static final String CONTROLS = "270000000100000000001b000000";

    private final EmbeddedChannel device = new EmbeddedChannel();
    private final List<Object> events = new ArrayList<>();

    @Test
    void theSessionOpensAsInTheDocument() {
        CompletableFuture<Channel> opened = open();

        assertThat(sent()).isEqualTo(START);
        receive(START_REPLY);

        assertThat(sent()).isEqualTo(CONTROLS);
        assertThat(opened).isCompletedWithValue(device);
        finish();
    }

    @Test
    void aRefusedStartFailsAndCloses() {
        CompletableFuture<Channel> opened = open();

        receive("21010000" + "00".repeat(19));

        assertThat(opened).isCompletedExceptionally();
        assertThatThrownBy(opened::get).hasCauseInstanceOf(RedirectionException.class);
        assertThat(device.isOpen()).isFalse();
        finish();
    }

    @Test
    void dataBeforeTheStartReplyIsAProtocolError() {
        CompletableFuture<Channel> opened = open();

        receive("2a000000");

        assertThat(opened).isCompletedExceptionally();
        assertThat(device.isOpen()).isFalse();
        finish();
    }

    @Test
    void printedBytesArriveAndTypedOnesGoOutWithTheirNumbers() {
        openFully();

        receive("2a000000010000000500" + "68656c6c6f");
        assertThat(text()).isEqualTo("hello");

        device.writeOutbound(Unpooled.copiedBuffer("ls\r", StandardCharsets.US_ASCII));
        assertThat(sent()).isEqualTo("28000000020000000300" + "6c730d");
        finish();
    }

    @Test
    void longInputIsCutToTheTransmitLimit() {
        open(new SolSettings(4, Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(2)));
        receive(START_REPLY);
        sent();

        device.writeOutbound(Unpooled.copiedBuffer("abcdefghi", StandardCharsets.US_ASCII));

        assertThat(sent())
                .isEqualTo(
                        "28000000020000000400"
                                + "61626364"
                                + "28000000030000000400"
                                + "65666768"
                                + "28000000040000000100"
                                + "69");
        finish();
    }

    @Test
    void pingIsAnsweredByPong() {
        openFully();

        receive("2400000009000000");

        assertThat(sent()).isEqualTo("2500000002000000");
        finish();
    }

    @Test
    void aHeartbeatGoesOutAtItsInterval() {
        openFully();

        device.advanceTimeBy(2, TimeUnit.SECONDS);
        device.runScheduledPendingTasks();

        assertThat(sent()).isEqualTo("2b00000002000000");
        finish();
    }

    @Test
    void aDeviceWhoseHeartbeatsStopIsGivenUp() {
        openFully();
        receive("2b00000001000000");

        for (int second = 0; second < 40 && device.isOpen(); second++) {
            device.advanceTimeBy(1, TimeUnit.SECONDS);
            device.runScheduledPendingTasks();
        }

        assertThat(device.isOpen()).isFalse();
        assertThat(events).contains(new SolEvent.Ended(SolEnd.DEVICE_SILENT));
        finish();
    }

    @Test
    void aDeviceThatNeverSentAHeartbeatMayBeSilent() {
        openFully();

        device.advanceTimeBy(1, TimeUnit.HOURS);
        device.runScheduledPendingTasks();

        assertThat(device.isOpen()).isTrue();
        finish();
    }

    @Test
    void aDeviceThatNobodyReadsMayBeSilent() {
        openFully();
        receive("2b00000001000000");
        device.config().setAutoRead(false);
        receive("2a0000000100000001002e");

        device.advanceTimeBy(1, TimeUnit.HOURS);
        device.runScheduledPendingTasks();

        assertThat(device.isOpen()).isTrue();
        finish();
    }

    @Test
    void overflowAndPowerAreTold() {
        openFully();

        receive("29000000010000000305");

        assertThat(events).containsExactly(new SolEvent.Controls(true, true));
        finish();
    }

    @Test
    void aBreakIsTwoControls() {
        openFully();

        device.writeOutbound(new SolBreak());

        assertThat(sent())
                .isEqualTo("270000000200000000001f000000" + "270000000300000000001b000000");
        finish();
    }

    @Test
    void aCloseSaysGoodbyeAndWaitsForTheAnswer() {
        openFully();

        device.pipeline().close();
        assertThat(sent()).isEqualTo("2200000002000000");
        assertThat(device.isOpen()).isTrue();
        receive("2300000002000000");

        assertThat(device.isOpen()).isFalse();
        assertThat(events).containsExactly(new SolEvent.Ended(SolEnd.CLOSED_HERE));
        finish();
    }

    @Test
    void aCloseDoesNotWaitForEver() {
        openFully();

        device.pipeline().close();
        device.advanceTimeBy(1, TimeUnit.SECONDS);
        device.runScheduledPendingTasks();

        assertThat(device.isOpen()).isFalse();
        finish();
    }

    @Test
    void theDevicesEndAndALostConnectionAreToldApart() {
        openFully();
        receive("2300000002000000");
        assertThat(events).containsExactly(new SolEvent.Ended(SolEnd.DEVICE_ENDED));
        finish();
    }

    @Test
    void aMessageOutOfTurnEndsTheSession() {
        openFully();

        receive("21");

        assertThat(events).containsExactly(new SolEvent.Ended(SolEnd.PROTOCOL_ERROR));
        assertThat(device.isOpen()).isFalse();
        finish();
    }

    @Test
    void nothingButBytesCanBeWritten() {
        openFully();

        assertThatThrownBy(() -> device.writeOutbound("text"))
                .isInstanceOf(IllegalStateException.class);
        finish();
    }

    @Property(tries = 100)
    void anyCutOfTheStreamGivesTheSameText(
            @ForAll @Size(min = 1, max = 10) List<@IntRange(max = 2000) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 1500) int cut) {
        SolTerminalTest test = new SolTerminalTest();
        test.openFully();
        ByteBuf stream = Unpooled.buffer();
        StringBuilder expected = new StringBuilder();
        for (int length : lengths) {
            String text = "x%dy".formatted(length).repeat(length / 6);
            stream.writeByte(0x2A).writeZero(7).writeShortLE(text.length());
            stream.writeCharSequence(text, StandardCharsets.US_ASCII);
            stream.writeByte(0x2B).writeZero(7);
            expected.append(text);
        }

        while (stream.isReadable()) {
            int length = Math.min(cut, stream.readableBytes());
            test.device.writeInbound(stream.readBytes(length));
        }

        stream.release();
        assertThat(test.text()).isEqualTo(expected.toString());
        test.finish();
    }

    private CompletableFuture<Channel> open() {
        return open(SolSettings.DEFAULT);
    }

    private CompletableFuture<Channel> open(SolSettings settings) {
        device.freezeTime();
        CompletableFuture<Channel> opened =
                SolTerminal.open(
                        new RedirectionChannel(
                                RedirectionKind.SOL,
                                device,
                                SessionMessage.StartSessionReply.refusal(0)),
                        settings);
        device.pipeline()
                .addLast(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void userEventTriggered(
                                    ChannelHandlerContext ctx, Object event) {
                                events.add(event);
                            }
                        });
        return opened;
    }

    private void openFully() {
        open();
        receive(START_REPLY);
        sent();
    }

    private void finish() {
        device.finishAndReleaseAll();
    }

    private void receive(String hex) {
        device.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private String sent() {
        StringBuilder hex = new StringBuilder();
        for (ByteBuf next = device.readOutbound(); next != null; next = device.readOutbound()) {
            hex.append(ByteBufUtil.hexDump(next));
            next.release();
        }
        return hex.toString();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf next = device.readInbound(); next != null; next = device.readInbound()) {
            text.append(next.toString(StandardCharsets.US_ASCII));
            next.release();
        }
        return text.toString();
    }
}
