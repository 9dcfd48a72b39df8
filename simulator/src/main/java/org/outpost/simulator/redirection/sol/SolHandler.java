package org.outpost.simulator.redirection.sol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The device's end of a SOL session (redirection.md §2). What the console does not take waits, up
 * to 64 KiB; then bytes are lost, as on a serial line, and the console is told of the overflow.
 */
public final class SolHandler extends ByteToMessageDecoder implements SerialLine {
    private static final Logger LOG = LoggerFactory.getLogger(SolHandler.class);
    private static final int MOST_WAITING = 64 * 1024;
    private static final int LARGEST_MESSAGE = 10_000;
    private static final int SILENT_INTERVALS = 3;
    private static final long PRINT_MILLIS = 5;
    private static final int TRANSMIT_OVERFLOW = 1;
    private static final int RTS_DTR = 3;

    /**
     * How long the serial port is quiet after the session began, in milliseconds. amtterm throws
     * away what it reads together with the reply 0x21, and segments of their own do not stay so on
     * their way through a tunnel and a proxy.
     */
    private static final int QUIET_MILLIS = 250;

    private final SerialConsole console;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf waiting;
    private @Nullable Future<?> heartbeat;
    private @Nullable Future<?> printing;
    private @Nullable Future<?> firstText;
    private boolean started;
    private boolean over;
    private boolean overflow;
    private int sequence = 1;
    private int largest = LARGEST_MESSAGE;
    private int silentIntervals;

    /** For one session with this console. */
    public SolHandler(SerialConsole console) {
        this.console = console;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        waiting = ctx.alloc().buffer();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int type = in.getUnsignedByte(in.readerIndex());
        int length = over ? in.readableBytes() : lengthOf(type, in);
        if (length < 0) {
            LOG.info("sol: message {} out of turn", Integer.toHexString(type));
            over = true;
            ctx.close();
        } else if (length > 0 && in.readableBytes() >= length) {
            ByteBuf message = in.readSlice(length);
            if (!over) {
                silentIntervals = 0;
                handle(ctx, type, message);
            }
        }
    }

    /** Zero when more bytes are needed, negative when the type may not come. */
    private int lengthOf(int type, ByteBuf in) {
        if (!started) {
            return type == 0x20 ? 24 : -1;
        }
        return switch (type) {
            case 0x22, 0x25, 0x2B -> 8;
            case 0x27 -> 14;
            case 0x28 ->
                    in.readableBytes() < 10 ? 0 : 10 + in.getUnsignedShortLE(in.readerIndex() + 8);
            case 0x12 -> 4;
            default -> -1;
        };
    }

    private void handle(ChannelHandlerContext ctx, int type, ByteBuf message) {
        switch (type) {
            case 0x20 -> start(ctx, message);
            case 0x22 -> {
                ByteBuf reply = ctx.alloc().buffer(8).writeByte(0x23).writeZero(3);
                over = true;
                ctx.writeAndFlush(reply.writeIntLE(message.getIntLE(4)))
                        .addListener(ChannelFutureListener.CLOSE);
            }
            case 0x12 -> ctx.close();
            case 0x27 -> attach();
            case 0x28 -> {
                attach();
                byte[] keys = new byte[message.readableBytes() - 10];
                message.getBytes(10, keys);
                console.input(keys);
                pump(ctx);
            }
            default -> {
                // pongs and heartbeats: that they came is all that counts
            }
        }
    }

    private void start(ChannelHandlerContext ctx, ByteBuf message) {
        started = true;
        int wanted = message.getUnsignedShortLE(8);
        largest = Math.clamp(wanted, 1, LARGEST_MESSAGE);
        ByteBuf reply = ctx.alloc().buffer(23).writeByte(0x21).writeZero(3);
        reply.writeIntLE(message.getIntLE(4)).writeShortLE(wanted).writeZero(13);
        ctx.writeAndFlush(reply);
        int receiveTimeout = message.getUnsignedShortLE(14);
        int interval = message.getUnsignedShortLE(18);
        if (interval > 0) {
            heartbeat =
                    ctx.executor()
                            .scheduleAtFixedRate(
                                    () -> beat(ctx), interval, interval, TimeUnit.MILLISECONDS);
        } else if (receiveTimeout > 0) {
            heartbeat =
                    ctx.executor()
                            .scheduleAtFixedRate(
                                    () -> listen(ctx),
                                    receiveTimeout,
                                    receiveTimeout,
                                    TimeUnit.MILLISECONDS);
        }
        firstText = ctx.executor().schedule(this::attach, QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Shows what is on the serial port: at the end of the quiet, or once the console speaks. */
    private void attach() {
        Future<?> timer = firstText;
        ChannelHandlerContext ctx = context;
        firstText = null;
        if (timer != null && ctx != null && !over) {
            timer.cancel(false);
            console.attach(this);
            pump(ctx);
        }
    }

    /** Takes what a program prints without end as fast as the console takes it. */
    private void pump(ChannelHandlerContext ctx) {
        if (printing == null && console.isPrinting()) {
            printing =
                    ctx.executor()
                            .scheduleAtFixedRate(
                                    () -> print(ctx),
                                    PRINT_MILLIS,
                                    PRINT_MILLIS,
                                    TimeUnit.MILLISECONDS);
        }
    }

    private void print(ChannelHandlerContext ctx) {
        if (!console.isPrinting()) {
            stopPrinting();
        } else if (ctx.channel().isWritable()) {
            console.print();
        }
    }

    private void stopPrinting() {
        Future<?> timer = printing;
        printing = null;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void beat(ChannelHandlerContext ctx) {
        if (++silentIntervals > SILENT_INTERVALS) {
            LOG.info("sol: console is silent");
            ctx.close();
        } else {
            ByteBuf beat = ctx.alloc().buffer(8).writeByte(0x2B).writeZero(3);
            ctx.writeAndFlush(beat.writeIntLE(sequence++));
        }
    }

    private void listen(ChannelHandlerContext ctx) {
        if (++silentIntervals > 1) {
            LOG.info("sol: nothing came within the receive time-out");
            ctx.close();
        }
    }

    @Override
    public void send(String text) {
        ChannelHandlerContext ctx = context;
        ByteBuf queue = waiting;
        if (ctx == null || queue == null || over) {
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int room = MOST_WAITING - queue.readableBytes();
        queue.discardSomeReadBytes().writeBytes(bytes, 0, Math.min(room, bytes.length));
        overflow |= room < bytes.length;
        flush(ctx, queue);
    }

    private void flush(ChannelHandlerContext ctx, ByteBuf queue) {
        while (ctx.channel().isWritable() && queue.isReadable()) {
            int length = Math.min(largest, queue.readableBytes());
            ByteBuf message = ctx.alloc().buffer(10 + length).writeByte(0x2A).writeZero(3);
            message.writeIntLE(sequence++).writeShortLE(length).writeBytes(queue, length);
            ctx.writeAndFlush(message);
        }
        if (overflow && ctx.channel().isWritable()) {
            overflow = false;
            ByteBuf control = ctx.alloc().buffer(10).writeByte(0x29).writeZero(3);
            control.writeIntLE(sequence++).writeByte(RTS_DTR).writeByte(TRANSMIT_OVERFLOW);
            ctx.writeAndFlush(control);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ByteBuf queue = waiting;
        if (queue != null && !over) {
            flush(ctx, queue);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        over = true;
        console.detach(this);
        stopPrinting();
        for (Future<?> timer : new Future<?>[] {heartbeat, firstText}) {
            if (timer != null) {
                timer.cancel(false);
            }
        }
        ByteBuf queue = waiting;
        waiting = null;
        if (queue != null) {
            queue.release();
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("sol: connection failed", cause);
        ctx.close();
    }
}
