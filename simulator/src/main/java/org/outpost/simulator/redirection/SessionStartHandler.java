package org.outpost.simulator.redirection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.channel.ApfAddress;
import org.outpost.simulator.machine.Redirection;
import org.outpost.simulator.machine.RedirectionKind;
import org.outpost.simulator.machine.RedirectionSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The first part of a session on 16994 or 16995: 0x10 to 0x14 (redirection.md §1). Each reply goes
 * out in a segment of its own, since first-generation clients handle one message per read. What
 * does not belong here ends the connection.
 */
public final class SessionStartHandler extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(SessionStartHandler.class);
    private static final int START = 0x10;
    private static final int END = 0x12;
    private static final int AUTHENTICATE = 0x13;
    private static final int LONGEST_DATA = 2048;
    private static final int SECONDS_TO_SIGN_IN = 30;

    private final RedirectionHost host;
    private final SessionHandlers handlers;
    private @Nullable SignInCheck check;
    private @Nullable RedirectionKind kind;
    private @Nullable Future<?> deadline;
    private boolean over;

    /**
     * For one connection.
     *
     * @param handlers makes what serves the session after the sign-in
     */
    public SessionStartHandler(RedirectionHost host, SessionHandlers handlers) {
        this.host = host;
        this.handlers = handlers;
    }

    /** Makes the handler of a session. */
    @FunctionalInterface
    public interface SessionHandlers {
        /** The handler for an open session, which closes it in the end. */
        ChannelHandler of(RedirectionSession session);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> ctx.close(), SECONDS_TO_SIGN_IN, TimeUnit.SECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        Future<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (over) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int type = in.getUnsignedByte(in.readerIndex());
        if (type == START && kind == null) {
            if (in.readableBytes() >= 8) {
                start(ctx, in.readSlice(8));
            }
        } else if (type == AUTHENTICATE && kind != null) {
            authenticate(ctx, in, kind);
        } else {
            if (type != END) {
                LOG.info("redirection: message {} out of turn", Integer.toHexString(type));
            }
            end(ctx);
        }
    }

    private void start(ChannelHandlerContext ctx, ByteBuf message) {
        RedirectionKind wanted =
                switch (message.getInt(4)) {
                    case 0x534F4C20 -> RedirectionKind.SOL;
                    case 0x49444552 -> RedirectionKind.IDER;
                    case 0x4B564D52 -> RedirectionKind.KVM;
                    default -> null;
                };
        int status = wanted == null ? 1 : statusOf(wanted);
        ByteBuf reply = ctx.alloc().buffer(13);
        reply.writeByte(0x11).writeByte(status).writeShort(0);
        if (status == 0) {
            kind = wanted;
            reply.writeIntLE(1).writeIntLE(0x157).writeByte(0);
            ctx.writeAndFlush(reply);
        } else {
            over = true;
            ctx.writeAndFlush(reply).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private int statusOf(RedirectionKind wanted) {
        Redirection redirection = host.redirection();
        if (!redirection.enabled(wanted) || !host.consent().allows(wanted)) {
            return 1;
        }
        return redirection.session(wanted).isPresent() ? 2 : 0;
    }

    private void authenticate(ChannelHandlerContext ctx, ByteBuf in, RedirectionKind wanted) {
        if (in.readableBytes() < 9) {
            return;
        }
        long length = in.getUnsignedIntLE(in.readerIndex() + 5);
        if (length > LONGEST_DATA) {
            LOG.info("redirection: {} bytes of authentication data", length);
            end(ctx);
        } else if (in.readableBytes() >= 9 + length) {
            int method = in.skipBytes(4).readUnsignedByte();
            byte[] data = new byte[(int) length];
            in.skipBytes(4).readBytes(data);
            SignInCheck known = check;
            if (known == null) {
                known = new SignInCheck(host, peer(ctx.channel().remoteAddress()).getHostString());
                check = known;
            }
            answer(ctx, wanted, method, known.check(method, data));
        }
    }

    private void answer(
            ChannelHandlerContext ctx,
            RedirectionKind wanted,
            int method,
            SignInCheck.Outcome outcome) {
        switch (outcome) {
            case SignInCheck.Outcome.Methods(byte[] methods) -> reply(ctx, 0, method, methods);
            case SignInCheck.Outcome.Challenge(byte[] challenge) ->
                    reply(ctx, 1, method, challenge);
            case SignInCheck.Outcome.Unsupported() -> reply(ctx, 2, method, new byte[0]);
            case SignInCheck.Outcome.Refused() -> {
                reply(ctx, 1, method, new byte[0]);
                end(ctx);
            }
            case SignInCheck.Outcome.Accepted(String user) -> open(ctx, wanted, method, user);
        }
    }

    private void open(ChannelHandlerContext ctx, RedirectionKind wanted, int method, String user) {
        InetSocketAddress peer = peer(ctx.channel().remoteAddress());
        switch (host.redirection().open(wanted, user, peer, () -> ctx.channel().close())) {
            case Redirection.Admission.Open(RedirectionSession session) -> {
                ctx.channel().closeFuture().addListener(closed -> session.close());
                over = true;
                reply(ctx, 0, method, new byte[0]);
                ctx.pipeline().addAfter(ctx.name(), null, handlers.of(session));
                // what it holds unread goes on to the session's handler
                ctx.pipeline().remove(this);
            }
            case Redirection.Admission.Refused(Redirection.Refusal reason) -> {
                LOG.info("redirection: {} refused after the sign-in: {}", wanted, reason);
                reply(ctx, 1, method, new byte[0]);
                end(ctx);
            }
        }
    }

    private static InetSocketAddress peer(@Nullable SocketAddress address) {
        return switch (address) {
            case InetSocketAddress inet -> inet;
            case ApfAddress apf ->
                    InetSocketAddress.createUnresolved(apf.originatorHost(), apf.originatorPort());
            case null, default -> InetSocketAddress.createUnresolved("local", 0);
        };
    }

    private static void reply(ChannelHandlerContext ctx, int status, int method, byte[] data) {
        ByteBuf reply = ctx.alloc().buffer(9 + data.length);
        reply.writeByte(0x14).writeByte(status).writeShort(0).writeByte(method);
        ctx.writeAndFlush(reply.writeIntLE(data.length).writeBytes(data));
    }

    private void end(ChannelHandlerContext ctx) {
        over = true;
        ctx.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("redirection: connection failed", cause);
        ctx.close();
    }
}
