package org.outpost.amt.redirection.sol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.RedirectionException;
import org.outpost.amt.redirection.RedirectionFailure;
import org.outpost.amt.redirection.codec.RedirectionProtocolException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Makes a stream of bytes of a SOL session: reads are what the host prints, writes what is typed.
 * It reads on only as the channel is read, so a slow reader stops the device; a heartbeat goes out
 * all the same. A close says goodbye first.
 */
final class SolHandler extends ChannelDuplexHandler {
    private static final int SILENT_INTERVALS = 3;
    private static final int TRANSMIT_OVERFLOW = 0x01;
    private static final int HOST_POWERED = 0x04;
    private static final long GOODBYE_MILLIS = 1000;
    private static final long ANSWER_SECONDS = 10;

    private final SolSettings settings;
    private final CompletableFuture<Channel> opened = new CompletableFuture<>();
    private State state = State.STARTING;
    private int sequence = 1;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> heartbeat;
    private @Nullable Future<?> answer;
    private boolean deviceBeats;
    private boolean ended;
    private long lastReadNanos;
    private boolean reading;

    private enum State {
        STARTING,
        OPEN,
        CLOSING
    }

    SolHandler(SolSettings settings) {
        this.settings = settings;
    }

    CompletableFuture<Channel> opened() {
        return opened;
    }

    boolean isStarted() {
        return state != State.STARTING;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Sends the first message; on the loop, once nothing of the sign-in is on the channel. */
    void start() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("on no channel");
        }
        ctx.writeAndFlush(new SolMessage.Start(settings, 0));
        answer =
                ctx.executor()
                        .schedule(
                                () -> fail(ctx, RedirectionFailure.TIMED_OUT),
                                ANSWER_SECONDS,
                                TimeUnit.SECONDS);
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        lastReadNanos = ctx.executor().ticker().nanoTime();
        reading = false;
        switch (message) {
            case SolMessage.DataFromHost data -> ctx.fireChannelRead(data.content());
            case SolMessage.StartReply reply -> started(ctx, reply.status());
            case SolMessage.ControlsFromHost controls -> {
                ctx.fireUserEventTriggered(
                        new SolEvent.Controls(
                                (controls.status() & TRANSMIT_OVERFLOW) != 0,
                                (controls.status() & HOST_POWERED) != 0));
                readOn(ctx);
            }
            case SolMessage.Plain plain -> signal(ctx, plain.signal());
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void started(ChannelHandlerContext ctx, int status) {
        if (status != 0) {
            fail(ctx, RedirectionFailure.NOT_ALLOWED);
            return;
        }
        cancel(answer);
        state = State.OPEN;
        ctx.writeAndFlush(new SolMessage.ControlsToHost(SolControls.READY, sequence++));
        long millis = settings.heartbeat().toMillis();
        heartbeat =
                ctx.executor()
                        .scheduleAtFixedRate(
                                () -> beat(ctx), millis, millis, TimeUnit.MILLISECONDS);
        opened.complete(ctx.channel());
    }

    private void signal(ChannelHandlerContext ctx, SolMessage.Signal signal) {
        switch (signal) {
            case PING ->
                    ctx.writeAndFlush(new SolMessage.Plain(SolMessage.Signal.PONG, sequence++));
            case HEARTBEAT -> deviceBeats = true;
            case END_REPLY -> {
                end(ctx, state == State.CLOSING ? SolEnd.CLOSED_HERE : SolEnd.DEVICE_ENDED);
                ctx.close();
            }
            default -> throw new IllegalStateException("not a signal of the device: " + signal);
        }
        readOn(ctx);
    }

    /** Nothing reached the reader, who therefore will not ask for more. */
    private void readOn(ChannelHandlerContext ctx) {
        if (!ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
    }

    private void beat(ChannelHandlerContext ctx) {
        long silent = ctx.executor().ticker().nanoTime() - lastReadNanos;
        boolean listening = reading || ctx.channel().config().isAutoRead();
        // A device that never sent a heartbeat is not held to them, nor is one that nobody reads.
        if (deviceBeats
                && listening
                && silent > SILENT_INTERVALS * settings.receiveTimeout().toNanos()) {
            end(ctx, SolEnd.DEVICE_SILENT);
            ctx.close();
        } else {
            ctx.writeAndFlush(new SolMessage.Plain(SolMessage.Signal.HEARTBEAT, sequence++));
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        reading = true;
        ctx.read();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        switch (message) {
            case ByteBuf keys when state == State.OPEN -> type(ctx, keys, promise);
            case SolBreak() when state == State.OPEN -> {
                ctx.write(new SolMessage.ControlsToHost(SolControls.BREAK, sequence++));
                ctx.write(new SolMessage.ControlsToHost(SolControls.READY, sequence++), promise);
            }
            default -> {
                ReferenceCountUtil.release(message);
                promise.setFailure(
                        new IllegalStateException(
                                "only bytes and breaks, and only while the session is open"));
            }
        }
    }

    private void type(ChannelHandlerContext ctx, ByteBuf keys, ChannelPromise promise) {
        while (keys.readableBytes() > settings.maxTransmit()) {
            ByteBuf piece = keys.readRetainedSlice(settings.maxTransmit());
            ctx.write(new SolMessage.DataToHost(piece, sequence++));
        }
        ctx.write(new SolMessage.DataToHost(keys, sequence++), promise);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (state != State.OPEN || !ctx.channel().isActive()) {
            ctx.close(promise);
            return;
        }
        state = State.CLOSING;
        ctx.writeAndFlush(new SolMessage.Plain(SolMessage.Signal.END, sequence++));
        cancel(heartbeat);
        ctx.read();
        Future<?> patience =
                ctx.executor().schedule(() -> ctx.close(), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        ctx.channel()
                .closeFuture()
                .addListener(
                        closed -> {
                            patience.cancel(false);
                            promise.trySuccess();
                        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(ctx, state == State.CLOSING ? SolEnd.CLOSED_HERE : SolEnd.CONNECTION_LOST);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancel(heartbeat);
        cancel(answer);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof RedirectionProtocolException) {
            fail(ctx, RedirectionFailure.PROTOCOL_ERROR);
            end(ctx, SolEnd.PROTOCOL_ERROR);
        }
        state = State.CLOSING; // no goodbye to a connection that broke
        ctx.close();
    }

    private void fail(ChannelHandlerContext ctx, RedirectionFailure failure) {
        if (opened.completeExceptionally(new RedirectionException(failure))) {
            ended = true;
            ctx.close();
        }
    }

    private void end(ChannelHandlerContext ctx, SolEnd reason) {
        cancel(heartbeat);
        cancel(answer);
        opened.completeExceptionally(new RedirectionException(RedirectionFailure.CONNECTION_LOST));
        if (!ended) {
            ended = true;
            ctx.fireUserEventTriggered(new SolEvent.Ended(reason));
        }
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
