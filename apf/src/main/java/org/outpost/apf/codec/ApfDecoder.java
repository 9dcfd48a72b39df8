package org.outpost.apf.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.ApfMessage;
import org.outpost.apf.message.CancelTcpipForward;
import org.outpost.apf.message.ChannelClose;
import org.outpost.apf.message.ChannelData;
import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.ChannelOpenConfirmation;
import org.outpost.apf.message.ChannelOpenFailure;
import org.outpost.apf.message.ChannelWindowAdjust;
import org.outpost.apf.message.Disconnect;
import org.outpost.apf.message.GlobalRequest;
import org.outpost.apf.message.KeepaliveOptionsReply;
import org.outpost.apf.message.KeepaliveOptionsRequest;
import org.outpost.apf.message.KeepaliveReply;
import org.outpost.apf.message.KeepaliveRequest;
import org.outpost.apf.message.MessageType;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.message.RequestFailure;
import org.outpost.apf.message.RequestSuccess;
import org.outpost.apf.message.ServiceAccept;
import org.outpost.apf.message.ServiceRequest;
import org.outpost.apf.message.TcpipForward;
import org.outpost.apf.message.UdpSendTo;
import org.outpost.apf.message.UnknownGlobalRequest;
import org.outpost.apf.message.UserauthFailure;
import org.outpost.apf.message.UserauthRequest;
import org.outpost.apf.message.UserauthSuccess;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Bytes to {@link ApfMessage}s, one at a time: what a message changes is in force before the next
 * type byte is looked at.
 *
 * <p>On a protocol error the decoder fires one {@link ApfProtocolException} and discards all that
 * follows. While {@linkplain #pause() paused} it keeps what it has and hands nothing on; the caller
 * must stop the channel's reads meanwhile, or the bytes pile up.
 */
public final class ApfDecoder extends ByteToMessageDecoder {
    private static final int COPY_BELOW = 1024;
    private static final int LEAST_SHARE = 32;

    private final MessageLength lengths;
    private final OutstandingRequests outstanding;
    private MessageGate gate;
    private boolean paused;
    private boolean failed;
    private @Nullable ChannelHandlerContext context;
    private long lastReadNanos;

    ApfDecoder(ApfLimits limits, OutstandingRequests outstanding, MessageGate gate) {
        this.outstanding = outstanding;
        this.lengths = new MessageLength(limits, outstanding);
        this.gate = gate;
    }

    /** Says which messages may come from now on. */
    public void setGate(MessageGate gate) {
        this.gate = gate;
    }

    /** When bytes last came in, by the loop's ticker. Any byte is a sign of life. */
    public long lastReadNanos() {
        return lastReadNanos;
    }

    /** Keeps further messages back, until {@link #resume()}. */
    public void pause() {
        paused = true;
    }

    /** Hands on what was kept back. Called on the channel's loop. */
    public void resume() {
        if (paused) {
            paused = false;
            ChannelHandlerContext ctx = context;
            if (ctx != null && !ctx.isRemoved()) {
                ctx.executor().execute(() -> redecode(ctx));
            }
        }
    }

    private void redecode(ChannelHandlerContext ctx) {
        if (ctx.isRemoved()) {
            return;
        }
        try {
            super.channelRead(ctx, Unpooled.EMPTY_BUFFER);
            channelReadComplete(ctx);
        } catch (Exception e) {
            ctx.fireExceptionCaught(e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
        lastReadNanos = ctx.executor().ticker().nanoTime();
        super.channelRead(ctx, msg);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        context = ctx;
        lastReadNanos = ctx.executor().ticker().nanoTime();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (failed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (paused) {
            return;
        }
        try {
            ApfMessage message = next(ctx, in);
            if (message != null) {
                out.add(message);
            }
        } catch (ApfProtocolException e) {
            failed = true;
            in.skipBytes(in.readableBytes());
            ctx.fireExceptionCaught(e);
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        // An unfinished message at the end of the connection is nobody's business any more.
        in.skipBytes(in.readableBytes());
    }

    private @Nullable ApfMessage next(ChannelHandlerContext ctx, ByteBuf in) {
        int type = in.getUnsignedByte(in.readerIndex());
        if (!gate.accepts(type)) {
            throw MessageType.isKnown(type)
                    ? new ApfProtocolException(
                            ProtocolError.OUT_OF_TURN, "message type " + type + " out of turn")
                    : new ApfProtocolException(
                            ProtocolError.UNKNOWN_MESSAGE, "message type " + type);
        }
        int length = lengths.of(type, in);
        if (length == MessageLength.UNKNOWN || in.readableBytes() < length) {
            return null;
        }
        in.skipBytes(1);
        return read(ctx, type, in, length);
    }

    private ApfMessage read(ChannelHandlerContext ctx, int type, ByteBuf in, int length) {
        return switch (type) {
            case MessageType.CHANNEL_DATA -> new ChannelData(in.readInt(), payload(ctx, in));
            case MessageType.CHANNEL_WINDOW_ADJUST ->
                    new ChannelWindowAdjust(in.readInt(), in.readUnsignedInt());
            case MessageType.CHANNEL_OPEN -> channelOpen(in);
            case MessageType.CHANNEL_OPEN_CONFIRMATION -> {
                ChannelOpenConfirmation confirmation =
                        new ChannelOpenConfirmation(
                                in.readInt(), in.readInt(), in.readUnsignedInt());
                in.skipBytes(4);
                yield confirmation;
            }
            case MessageType.CHANNEL_OPEN_FAILURE -> {
                ChannelOpenFailure failure = new ChannelOpenFailure(in.readInt(), in.readInt());
                in.skipBytes(8);
                yield failure;
            }
            case MessageType.CHANNEL_CLOSE -> new ChannelClose(in.readInt());
            case MessageType.KEEPALIVE_REQUEST -> new KeepaliveRequest(in.readInt());
            case MessageType.KEEPALIVE_REPLY -> new KeepaliveReply(in.readInt());
            case MessageType.KEEPALIVE_OPTIONS_REQUEST ->
                    new KeepaliveOptionsRequest(in.readInt(), in.readInt());
            case MessageType.KEEPALIVE_OPTIONS_REPLY ->
                    new KeepaliveOptionsReply(in.readInt(), in.readInt());
            case MessageType.GLOBAL_REQUEST -> globalRequest(ctx, in);
            case MessageType.REQUEST_SUCCESS -> {
                outstanding.remove();
                yield new RequestSuccess(length == 5 ? port(in) : RequestSuccess.NO_PORT);
            }
            case MessageType.REQUEST_FAILURE -> {
                if (outstanding.isEmpty()) {
                    throw new ApfProtocolException(
                            ProtocolError.UNEXPECTED_REPLY, "REQUEST_FAILURE without a request");
                }
                outstanding.remove();
                yield new RequestFailure();
            }
            case MessageType.PROTOCOLVERSION -> {
                ProtocolVersion version =
                        new ProtocolVersion(
                                in.readInt(), in.readInt(), in.readInt(), SystemIdCodec.read(in));
                in.skipBytes(64);
                yield version;
            }
            case MessageType.SERVICE_REQUEST -> new ServiceRequest(string(in));
            case MessageType.SERVICE_ACCEPT -> new ServiceAccept(string(in));
            case MessageType.USERAUTH_REQUEST -> userauthRequest(in);
            case MessageType.USERAUTH_FAILURE -> new UserauthFailure(string(in), in.readBoolean());
            case MessageType.USERAUTH_SUCCESS -> new UserauthSuccess();
            case MessageType.DISCONNECT -> {
                Disconnect disconnect = new Disconnect(in.readInt());
                in.skipBytes(2);
                yield disconnect;
            }
            default -> throw new AssertionError("no reader for type " + type);
        };
    }

    private static UserauthRequest userauthRequest(ByteBuf in) {
        String username = string(in);
        String service = string(in);
        String method = string(in);
        if (!method.equals(ApfConstants.METHOD_PASSWORD)) {
            return new UserauthRequest(username, service, method, null);
        }
        // RFC 4252 section 8: TRUE asks for a password change, which APF does not have.
        if (in.readBoolean()) {
            throw new ApfProtocolException(
                    ProtocolError.BAD_FIELD, "password change flag is set (expected: 0)");
        }
        return new UserauthRequest(username, service, method, string(in));
    }

    private static GlobalRequest globalRequest(ChannelHandlerContext ctx, ByteBuf in) {
        String name = string(in);
        boolean wantReply = in.readBoolean();
        return switch (name) {
            case "tcpip-forward" -> new TcpipForward(wantReply, string(in), port(in));
            case "cancel-tcpip-forward" -> new CancelTcpipForward(wantReply, string(in), port(in));
            case "udp-send-to@amt.intel.com" ->
                    new UdpSendTo(
                            wantReply,
                            string(in),
                            port(in),
                            string(in),
                            port(in),
                            payload(ctx, in));
            default -> new UnknownGlobalRequest(name, wantReply);
        };
    }

    private static ChannelOpen channelOpen(ByteBuf in) {
        String type = string(in);
        int sender = in.readInt();
        long window = in.readUnsignedInt();
        in.skipBytes(4);
        return new ChannelOpen(type, sender, window, string(in), port(in), string(in), port(in));
    }

    /**
     * A slice pins the whole buffer that it came in, so payloads are copied that are small, or only
     * a small part of what was put together for a long message before them.
     */
    private static ByteBuf payload(ChannelHandlerContext ctx, ByteBuf in) {
        int length = in.readInt();
        if (length >= COPY_BELOW && length >= in.capacity() / LEAST_SHARE) {
            return in.readRetainedSlice(length);
        }
        ByteBuf copy = ctx.alloc().buffer(length);
        return copy.writeBytes(in, length);
    }

    private static int port(ByteBuf in) {
        long port = in.readUnsignedInt();
        if (port > 65535) {
            throw new ApfProtocolException(
                    ProtocolError.BAD_FIELD, "port " + port + " (at most 65535)");
        }
        return (int) port;
    }

    private static String string(ByteBuf in) {
        int length = in.readInt();
        return in.readString(length, StandardCharsets.UTF_8);
    }
}
