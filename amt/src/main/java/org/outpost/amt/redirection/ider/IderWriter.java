package org.outpost.amt.redirection.ider;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

import org.outpost.amt.redirection.message.Octets;

/** Writes the console's messages, with their sequence numbers; data is not copied. */
final class IderWriter {
    private static final int COMPLETED = 2;
    private static final int DMA = 1;
    private static final int SET_STATE = 3;

    private final ChannelHandlerContext ctx;
    private int sequence;

    IderWriter(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    void open(IderSettings settings) {
        ByteBuf message = header(0x40, 0, 18);
        message.writeShortLE((int) settings.receiveTimeout().toMillis());
        message.writeShortLE(0); // transmit timeout: none
        message.writeShortLE((int) settings.heartbeat().toMillis());
        ctx.writeAndFlush(message.writeIntLE(1));
    }

    void close() {
        ctx.writeAndFlush(header(0x42, 0, 8));
    }

    void pong() {
        ctx.writeAndFlush(header(0x45, 0, 8));
    }

    void heartbeat() {
        ctx.writeAndFlush(header(0x4B, 0, 8));
    }

    void resetDone() {
        ctx.writeAndFlush(header(0x47, 0, 8));
    }

    void setState(int value) {
        ctx.writeAndFlush(header(0x48, 0, 13).writeByte(SET_STATE).writeIntLE(value));
    }

    void good(DriveKind drive) {
        end(drive, 0xC5, 0, 0x50, 0, 0, 0);
    }

    void check(DriveKind drive, ScsiAnswer.Check check) {
        end(drive, 0x87, check.sense() << 4, 0x51, check.sense(), check.code(), check.qualifier());
    }

    private void end(
            DriveKind drive, int mask, int error, int status, int sense, int code, int qualifier) {
        ByteBuf message = header(0x51, COMPLETED, 31).writeZero(12);
        message.writeByte(mask).writeByte(error).writeByte(3).writeZero(3);
        message.writeByte(drive.device()).writeByte(status);
        ctx.writeAndFlush(message.writeByte(sense).writeByte(code).writeByte(qualifier));
    }

    void data(DriveKind drive, boolean dma, Octets bytes) {
        data(drive, dma, ctx.alloc().buffer(bytes.length()).writeBytes(bytes.toArray()), true);
        ctx.flush();
    }

    /** One piece; flushed by the caller. Takes over the buffer. */
    void data(DriveKind drive, boolean dma, ByteBuf bytes, boolean last) {
        int length = bytes.readableBytes();
        ByteBuf message = header(0x54, (last ? COMPLETED : 0) | (dma ? DMA : 0), 34);
        message.writeByte(0).writeShortLE(length).writeByte(0);
        message.writeByte(dma ? 0xB4 : 0xB5).writeByte(0).writeByte(2).writeByte(0);
        message.writeShortLE(dma ? 0 : length).writeByte(drive.device()).writeByte(0x58);
        if (last) {
            message.writeByte(0x85).writeByte(0).writeByte(3).writeZero(3);
            message.writeByte(drive.device()).writeByte(0x50).writeZero(6);
        } else {
            message.writeZero(14);
        }
        ctx.write(message, ctx.voidPromise());
        ctx.write(bytes, ctx.voidPromise());
    }

    private ByteBuf header(int type, int attributes, int length) {
        return ctx.alloc()
                .buffer(length)
                .writeByte(type)
                .writeShort(0)
                .writeByte(attributes)
                .writeIntLE(sequence++);
    }
}
