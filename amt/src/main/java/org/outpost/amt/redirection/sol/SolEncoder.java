package org.outpost.amt.redirection.sol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;

import java.time.Duration;
import java.util.List;

/** Writes what a console sends in a SOL session; keys are not copied. */
final class SolEncoder extends MessageToMessageEncoder<SolMessage> {
    SolEncoder() {
        super(SolMessage.class);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, SolMessage message, List<Object> out) {
        switch (message) {
            case SolMessage.Start(SolSettings settings, int sequence) -> {
                ByteBuf bytes = header(ctx, 0x20, sequence, 24);
                bytes.writeShortLE(settings.maxTransmit());
                time(bytes, settings.transmitTimeout());
                time(bytes, Duration.ZERO); // transmit overflow timeout: none
                time(bytes, settings.receiveTimeout());
                time(bytes, settings.transmitTimeout()); // receive flush timeout
                time(bytes, settings.heartbeat());
                out.add(bytes.writeIntLE(0));
            }
            case SolMessage.Plain(SolMessage.Signal signal, int sequence) ->
                    out.add(header(ctx, signal.type(), sequence, 8));
            case SolMessage.ControlsToHost(int lines, int sequence) ->
                    out.add(
                            header(ctx, 0x27, sequence, 14)
                                    .writeZero(2)
                                    .writeByte(lines)
                                    .writeZero(3));
            case SolMessage.DataToHost data -> {
                ByteBuf keys = data.content();
                out.add(header(ctx, 0x28, data.sequence(), 10).writeShortLE(keys.readableBytes()));
                out.add(keys.retain());
            }
            case SolMessage.StartReply reply -> throw notOurs(reply);
            case SolMessage.ControlsFromHost controls -> throw notOurs(controls);
            case SolMessage.DataFromHost data -> throw notOurs(data);
        }
    }

    private static ByteBuf header(ChannelHandlerContext ctx, int type, int sequence, int length) {
        return ctx.alloc().buffer(length).writeByte(type).writeZero(3).writeIntLE(sequence);
    }

    private static void time(ByteBuf bytes, Duration time) {
        bytes.writeShortLE((int) time.toMillis());
    }

    private static IllegalArgumentException notOurs(SolMessage message) {
        return new IllegalArgumentException(
                "not a message of a console: " + message.getClass().getSimpleName());
    }
}
