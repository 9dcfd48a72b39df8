package org.outpost.simulator.redirection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * Starts a session as Open DMT's browser toolkit does: a dummy user, an empty URI, and a digest
 * that cannot be right. Then the protocol of its kind begins with the given bytes.
 */
final class ToolkitConsole extends ChannelInboundHandlerAdapter {
    private final String start;
    private final ByteBuf afterwards;
    private volatile String received = "";
    private volatile String handshake = "";
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final ByteBuf held = Unpooled.buffer();
    private boolean signedIn;

    ToolkitConsole(String start, String afterwards) {
        this.start = start;
        this.afterwards = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(afterwards));
    }

    /** Hex of all that came after the sign-in. */
    String received() {
        return received;
    }

    /** Hex of all that came before. */
    String handshake() {
        return handshake;
    }

    String text() {
        return new String(ByteBufUtil.decodeHexDump(received()), StandardCharsets.ISO_8859_1);
    }

    CompletableFuture<Void> gone() {
        return gone;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        send(ctx, start);
    }

    private static void send(ChannelHandlerContext ctx, String hex) {
        ctx.writeAndFlush(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (signedIn) {
            received = received.concat(ByteBufUtil.hexDump(bytes));
        } else {
            handshake = handshake.concat(ByteBufUtil.hexDump(bytes));
            held.writeBytes(bytes);
            answer(ctx);
        }
        bytes.release();
    }

    private void answer(ChannelHandlerContext ctx) {
        if (held.getByte(0) == 0x11 && held.getByte(1) == 0 && held.readableBytes() >= 13) {
            held.clear();
            send(ctx, "130000000000000000");
        } else if (held.getByte(0) == 0x14 && held.readableBytes() >= 9) {
            int status = held.getByte(1);
            int method = held.getByte(4);
            held.clear();
            if (method == 0) {
                send(ctx, "13000000040d000000" + "0561646d696e" + "0000" + "00" + "00000000");
            } else if (status == 1) {
                send(
                        ctx,
                        "130000000413000000"
                                + "0561646d696e"
                                + "0152"
                                + "014e"
                                + "00"
                                + "0163"
                                + "0131"
                                + "0172"
                                + "0161");
            } else {
                signedIn = true;
                ctx.writeAndFlush(afterwards);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        held.release();
        if (!signedIn) {
            afterwards.release();
        }
        gone.complete(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
