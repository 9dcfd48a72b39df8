package org.outpost.simulator.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Serves one stream on a redirection port. The first line of the console, at most 64 bytes with its
 * line feed, says what (case does not matter):
 *
 * <ul>
 *   <li>{@code ECHO}: every further byte comes back;
 *   <li>{@code SOURCE n}: n bytes of {@link StreamPattern} are sent; without n they do not end;
 *   <li>{@code SINK n}: n bytes are swallowed, then {@code DONE n crc32} is answered, the CRC as
 *       eight lower-case hexadecimal digits; without n they are swallowed for ever.
 * </ul>
 *
 * After a source or sink with an end the next line is read. Anything else is answered by {@code
 * ERROR} and a close. No letter of a command is the first byte of Intel's redirection protocol
 * (redirection.md §1), so both can share a port. What the console does not read stops the reading
 * or making of more.
 */
public final class StreamHandler extends ChannelInboundHandlerAdapter {
    private static final int LONGEST_LINE = 64;
    private static final int PIECE = 16 * 1024;
    private static final int PIECES = 8;

    private final StringBuilder line = new StringBuilder(LONGEST_LINE);
    private final CRC32 checksum = new CRC32();
    private State state = State.COMMAND;
    private long left;
    private long position;
    private boolean pouring;

    private enum State {
        COMMAND,
        ECHO,
        SOURCE,
        SINK,
        CLOSED
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (state == State.ECHO) {
            context.write(bytes);
            return;
        }
        try {
            consume(context, bytes);
        } finally {
            bytes.release();
        }
    }

    private void consume(ChannelHandlerContext context, ByteBuf bytes) {
        while (bytes.isReadable()) {
            switch (state) {
                case COMMAND -> readLine(context, bytes);
                case ECHO -> context.write(bytes.readRetainedSlice(bytes.readableBytes()));
                case SINK -> sink(context, bytes);
                // a source is not listening: what is sent meanwhile is an error of the console
                case SOURCE -> fail(context);
                case CLOSED -> bytes.skipBytes(bytes.readableBytes());
            }
        }
    }

    private void readLine(ChannelHandlerContext context, ByteBuf bytes) {
        while (bytes.isReadable()) {
            byte next = bytes.readByte();
            if (next == '\n') {
                Optional<StreamCommand> command = StreamCommand.parse(line.toString());
                line.setLength(0);
                command.ifPresentOrElse(what -> start(context, what), () -> fail(context));
                return;
            }
            if ((next < ' ' && next != '\r' && next != '\t') || line.length() == LONGEST_LINE - 1) {
                fail(context);
                return;
            }
            line.append((char) next);
        }
    }

    private void start(ChannelHandlerContext context, StreamCommand command) {
        position = 0;
        switch (command) {
            case StreamCommand.Echo() -> state = State.ECHO;
            case StreamCommand.Source(long bytes) -> {
                state = State.SOURCE;
                left = bytes;
                pour(context);
            }
            case StreamCommand.Sink(long bytes) -> {
                state = State.SINK;
                left = bytes;
                checksum.reset();
                finishSink(context);
            }
        }
    }

    private void sink(ChannelHandlerContext context, ByteBuf bytes) {
        int length = (int) Math.min(left, bytes.readableBytes());
        checksum.update(bytes.nioBuffer(bytes.readerIndex(), length));
        bytes.skipBytes(length);
        position += length;
        if (left != Long.MAX_VALUE) {
            left -= length;
        }
        finishSink(context);
    }

    private void finishSink(ChannelHandlerContext context) {
        if (left == 0) {
            state = State.COMMAND;
            String answer = String.format("DONE %d %08x\n", position, checksum.getValue());
            context.writeAndFlush(ascii(context, answer));
        }
    }

    private void pour(ChannelHandlerContext context) {
        if (pouring) {
            return;
        }
        // Writing and flushing may report writability at once and so come here again.
        pouring = true;
        for (int i = 0; i < PIECES && left > 0 && context.channel().isWritable(); i++) {
            int length = (int) Math.min(left, PIECE);
            ByteBuf piece = context.alloc().buffer(length, length);
            StreamPattern.write(piece, position, length);
            position += length;
            if (left != Long.MAX_VALUE) {
                left -= length;
            }
            context.write(piece);
        }
        if (left == 0) {
            state = State.COMMAND;
        }
        context.flush();
        pouring = false;
        if (state == State.SOURCE && context.channel().isWritable()) {
            // One at a time: other channels of this loop come between.
            context.executor().execute(() -> resume(context));
        }
    }

    private void resume(ChannelHandlerContext context) {
        if (state == State.SOURCE && context.channel().isActive()) {
            pour(context);
        }
    }

    private void fail(ChannelHandlerContext context) {
        state = State.CLOSED;
        context.writeAndFlush(ascii(context, "ERROR\n")).addListener(ChannelFutureListener.CLOSE);
    }

    private static ByteBuf ascii(ChannelHandlerContext context, String text) {
        return ByteBufUtil.encodeString(
                context.alloc(), CharBuffer.wrap(text), StandardCharsets.US_ASCII);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
        context.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        boolean writable = context.channel().isWritable();
        context.channel().config().setAutoRead(writable);
        if (writable) {
            resume(context);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        state = State.CLOSED;
        context.close();
    }
}
