package org.outpost.server.command.redirection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.outpost.amt.redirection.sol.SolEnd;
import org.outpost.amt.redirection.sol.SolEvent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Joins the text console of a device with the streams of a terminal. The device is read only as
 * fast as the terminal takes it. Blocking writes happen on a thread of their own.
 */
public final class TerminalPipe extends ChannelInboundHandlerAdapter implements AutoCloseable {
    private static final int PIECE = 1024;

    private final OutputStream out;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("outpost-terminal").daemon().factory());
    private final CompletableFuture<SolEnd> ended = new CompletableFuture<>();

    /**
     * Shows what the device prints.
     *
     * @param out the terminal's screen
     */
    public TerminalPipe(OutputStream out) {
        this.out = out;
    }

    /** Completes when the session is over and all of it was shown. */
    public CompletableFuture<SolEnd> ended() {
        return ended;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            if (!later(() -> show(ctx, bytes))) {
                bytes.release();
            }
        } else {
            ctx.fireChannelRead(message);
        }
    }

    /** False when the terminal has left, and what comes late counts no more. */
    private boolean later(Runnable step) {
        try {
            writer.execute(step);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void show(ChannelHandlerContext ctx, ByteBuf bytes) {
        try {
            bytes.readBytes(out, bytes.readableBytes());
        } catch (IOException e) {
            ctx.close(); // nobody looks any more
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        later(
                () -> {
                    try {
                        out.flush();
                    } catch (IOException e) {
                        ctx.close();
                    }
                    ctx.read();
                });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SolEvent.Ended(SolEnd reason)) {
            later(() -> ended.complete(reason));
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        later(() -> ended.complete(SolEnd.CONNECTION_LOST));
        ctx.fireChannelInactive();
    }

    /**
     * Sends what is typed until the escape character comes, or the input ends. Blocks.
     *
     * @param escape leaves, and is not sent
     * @return whether the escape character came
     */
    public static boolean type(InputStream keys, Channel terminal, byte escape) throws IOException {
        byte[] piece = new byte[PIECE];
        while (terminal.isOpen()) {
            int count = keys.read(piece, 0, PIECE);
            if (count < 0) {
                return false;
            }
            int length = indexOf(piece, count, escape);
            if (length > 0) {
                // Waits for the socket, so that a file that is fed in does not pile up here.
                terminal.writeAndFlush(Unpooled.copiedBuffer(piece, 0, length))
                        .awaitUninterruptibly();
            }
            if (length < count) {
                return true;
            }
        }
        return false;
    }

    private static int indexOf(byte[] bytes, int count, byte wanted) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return count;
    }

    @Override
    public void close() {
        writer.shutdown();
    }
}
