package org.outpost.amt.redirection.ider;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.amt.redirection.RedirectionChannel;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.message.SessionMessage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The bytes of redirection.md §3, with a CD of 100 blocks whose bytes are their block's number. */
class IderSessionTest {
    private static final String OPEN = "4000000000000000" + "30750000204e" + "01000000";
    private static final String ARM = "4800000001000000" + "03" + "19000000";
    private static final String TUR = "000000000000000000000000";

    private final EmbeddedChannel device = new EmbeddedChannel();
    private final Queue<Runnable> reads = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private int sequence;

    private static final class NumberedBlocks implements DiskImage {
        @Override
        public long size() {
            return 100L * 2048;
        }

        @Override
        public void read(long position, ByteBuf into) {
            for (long at = position; into.isWritable(); at++) {
                into.writeByte((int) (at / 2048));
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void opensAndArmsAsInTheDocument() {
        CompletableFuture<IderSession> opened = open();
        assertThat(sent()).isEqualTo(OPEN);

        receive(openReply(8192));
        assertThat(sent()).isEqualTo(ARM);
        receive(message("49", "0301000000"));

        assertThat(opened).isCompleted();
        assertThat(heard).containsExactly("attached");
        finish();
    }

    @ParameterizedTest
    @CsvSource({"8193, 0", "0, 0", "8192, 1"})
    void aBufferOrProtocolThatIsNotKnownIsRefused(int buffer, int protocol) {
        CompletableFuture<IderSession> opened = open();

        receive(
                openReply(buffer).substring(0, 42)
                        + "0"
                        + protocol
                        + openReply(buffer).substring(44));

        assertThat(opened).isCompletedExceptionally();
        assertThat(device.isOpen()).isFalse();
        finish();
    }

    @Test
    void aDeviceThatWillNotArmFails() {
        CompletableFuture<IderSession> opened = open();
        receive(openReply(8192));

        receive(message("49", "0300000000"));

        assertThat(opened).isCompletedExceptionally();
        assertThat(heard).containsExactly("ended attach_refused");
        finish();
    }

    @Test
    void successAndCheckConditionByteForByte() {
        openFully();

        receive(command("b0", false, TUR));
        assertThat(sent())
                .isEqualTo(
                        "5100000202000000" + "00".repeat(12) + "87600300" + "0000b05106" + "2800");
        receive(command("b0", false, TUR));
        assertThat(sent())
                .isEqualTo(
                        "5100000203000000" + "00".repeat(12) + "c5000300" + "0000b05000" + "0000");
        receive(command("a0", false, TUR));
        assertThat(sent())
                .isEqualTo(
                        "5100000204000000" + "00".repeat(12) + "87200300" + "0000a05102" + "3a00");
        finish();
    }

    @Test
    void dataByPioAndByDma() {
        openFully();

        receive(command("b0", false, "250000000000000000000000"));
        assertThat(sent())
                .isEqualTo(
                        "5400000202000000"
                                + "00080000b500020008"
                                + "00b058"
                                + "85000300"
                                + "0000b050"
                                + "000000000000"
                                + "0000006300000800");
        receive(command("b0", true, "250000000000000000000000"));
        assertThat(sent())
                .isEqualTo(
                        "5400000303000000"
                                + "00080000b400020000"
                                + "00b058"
                                + "85000300"
                                + "0000b050"
                                + "000000000000"
                                + "0000006300000800");
        finish();
    }

    @Test
    void aReadIsCutToTheBufferAndOnlyItsLastPieceIsCompleted() {
        openFully();

        receive(command("b0", false, "280000000020000005000000"));
        runReads();

        ByteBuf first = device.readOutbound();
        assertThat(ByteBufUtil.hexDump(first))
                .isEqualTo(
                        "5400000002000000"
                                + "00002000b500020000"
                                + "20b058"
                                + "0000000000000000000000000000");
        first.release();
        ByteBuf data = device.readOutbound();
        assertThat(data.readableBytes()).isEqualTo(8192);
        assertThat(data.getByte(0)).isEqualTo((byte) 32);
        assertThat(data.getByte(8191)).isEqualTo((byte) 35);
        data.release();
        assertThat(sent())
                .startsWith("54000002" + "03000000" + "00000800b5")
                .endsWith("24".repeat(2048));
        finish();
    }

    @Test
    void whatWasReadAheadIsAnsweredWithoutWaiting() {
        IderSession session = openFully();
        receive(command("b0", false, "280000000000000001000000"));
        runReads();
        sent();
        assertThat(session.statistics().waits()).isEqualTo(1);

        receive(command("b0", false, "28000000003c000001000000"));

        assertThat(sent()).endsWith("3c".repeat(2048));
        assertThat(session.statistics().waits()).isEqualTo(1);
        finish();
    }

    @Test
    void aResetInMidTransferEndsItAndIsAnswered() {
        openFully();
        receive(command("b0", false, "280000000000000001000000"));

        receive(message("46", "02"));

        assertThat(sent()).isEqualTo("4700000002000000");
        runReads();
        assertThat(sent()).isEmpty();
        receive(command("b0", false, "280000000000000001000000"));
        assertThat(sent()).endsWith("00".repeat(2048));
        finish();
    }

    @Test
    void aPingIsAnsweredAndHeartbeatsGoOut() {
        openFully();

        receive(message("44", ""));
        assertThat(sent()).isEqualTo("4500000002000000");
        device.advanceTimeBy(10, TimeUnit.SECONDS);
        device.runScheduledPendingTasks();

        assertThat(sent()).isEqualTo("4b00000003000000");
        finish();
    }

    @Test
    void aWrongSequenceNumberEndsTheSession() {
        openFully();

        receive("4400000063000000");

        assertThat(device.isOpen()).isFalse();
        assertThat(heard).endsWith("ended protocol_error");
        finish();
    }

    @Test
    void fiveReadsAtOnceAreTooMany() {
        openFully();
        for (int i = 0; i < 6; i++) {
            receive(command("b0", false, "280000000000000001000000"));
        }

        assertThat(device.isOpen()).isFalse();
        runReads();
        finish();
    }

    @Test
    void closeSaysGoodbye() {
        IderSession session = openFully();

        device.pipeline().close();

        assertThat(sent()).isEqualTo("4200000002000000");
        receive(message("43", ""));
        assertThat(device.isOpen()).isFalse();
        assertThat(heard).endsWith("ended closed_here");
        assertThat(session.statistics().commands()).isZero();
        finish();
    }

    private CompletableFuture<IderSession> open() {
        device.freezeTime();
        return IderSession.open(
                new RedirectionChannel(
                        RedirectionKind.IDER, device, SessionMessage.StartSessionReply.refusal(0)),
                IderSettings.attaching(IderSettings.Attach.AT_ONCE),
                Map.of(DriveKind.CD, new NumberedBlocks()),
                reads::add,
                new IderListener() {
                    @Override
                    public void attached() {
                        heard.add("attached");
                    }

                    @Override
                    public void ended(IderEnd reason, IderStatistics statistics) {
                        heard.add("ended " + reason.label());
                    }
                });
    }

    private IderSession openFully() {
        CompletableFuture<IderSession> opened = open();
        receive(openReply(8192));
        receive(message("49", "0301000000"));
        sent();
        return opened.join();
    }

    private void runReads() {
        for (Runnable read = reads.poll(); read != null; read = reads.poll()) {
            read.run();
        }
        device.runPendingTasks();
    }

    private void finish() {
        device.finishAndReleaseAll();
        runReads();
        device.finishAndReleaseAll();
    }

    private String openReply(int buffer) {
        return message(
                "41",
                "01000c0000000000"
                        + "%02x%02x".formatted(buffer & 0xFF, buffer >> 8)
                        + "0020"
                        + "0000000000"
                        + "57010000"
                        + "00");
    }

    private String command(String drive, boolean dma, String cdb) {
        return message("50", "00" + (dma ? "01" : "00") + "00000020" + drive + "a0" + cdb);
    }

    private String message(String type, String rest) {
        String number = "%02x000000".formatted(sequence++);
        return type + "000000" + number + rest;
    }

    private void receive(String hex) {
        device.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
        device.runPendingTasks();
    }

    private String sent() {
        StringBuilder hex = new StringBuilder();
        for (ByteBuf next = device.readOutbound(); next != null; next = device.readOutbound()) {
            hex.append(ByteBufUtil.hexDump(next));
            next.release();
        }
        return hex.toString();
    }
}
