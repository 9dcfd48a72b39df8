package org.outpost.simulator.redirection.ider;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A command that is out, and what has come for it. */
final class PendingCommand {
    private static final int MOST_DATA = 64 * 2048;
    private static final int PIO = 0xB5;
    private static final int DMA = 0xB4;

    private final Drive drive;
    private final boolean dma;
    private final boolean resetAtData;
    private final ChannelHandlerContext ctx;
    private final CompletableFuture<ScsiReply> reply = new CompletableFuture<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private @Nullable Future<?> deadline;

    PendingCommand(Drive drive, boolean dma, boolean resetAtData, ChannelHandlerContext ctx) {
        this.drive = drive;
        this.dma = dma;
        this.resetAtData = resetAtData;
        this.ctx = ctx;
    }

    CompletableFuture<ScsiReply> reply() {
        return reply;
    }

    /** Closes the connection unless the answer comes in time. */
    void expireAfter(int seconds) {
        deadline = ctx.executor().schedule(() -> ctx.close(), seconds, TimeUnit.SECONDS);
    }

    /** Takes a piece of data, a whole 0x54 message (redirection.md §3.3). */
    void add(ByteBuf message) {
        int length = message.getUnsignedShortLE(9);
        // The browser toolkit sets the flag for every kind of transfer; byte 12 tells which it is.
        check(!dma || (message.getByte(3) & 1) != 0, "the DMA flag is not the command's");
        check(message.getUnsignedByte(12) == (dma ? DMA : PIO), "the wrong kind of transfer");
        check(
                message.getUnsignedShortLE(16) == (dma ? 0 : length),
                "the second length is neither right nor absent");
        check(message.getUnsignedByte(19) == 0x58, "the drive's status is not 58");
        // The browser toolkit repeats the flags of READ CAPACITY as they are; all others the drive.
        check(
                (message.getUnsignedByte(18) & 0x10) == (drive.device() & 0x10),
                "data of the other drive");
        check(data.size() + length <= MOST_DATA, "more data than was asked for");
        byte[] piece = new byte[length];
        message.getBytes(34, piece);
        data.writeBytes(piece);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IderHandler.Violation(message);
        }
    }

    byte[] data() {
        return data.toByteArray();
    }

    boolean isReset() {
        return resetAtData;
    }

    void finish(ScsiReply with) {
        stopDeadline();
        reply.complete(with);
    }

    void fail(Exception cause) {
        stopDeadline();
        reply.completeExceptionally(cause);
    }

    private void stopDeadline() {
        Future<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
