package org.outpost.apf.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

import org.outpost.apf.message.ApfMessage;
import org.outpost.apf.message.CancelTcpipForward;
import org.outpost.apf.message.ChannelClose;
import org.outpost.apf.message.ChannelData;
import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.ChannelOpenConfirmation;
import org.outpost.apf.message.ChannelOpenFailure;
import org.outpost.apf.message.ChannelWindowAdjust;
import org.outpost.apf.message.Disconnect;
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

import java.util.ArrayDeque;

/** {@link ApfMessage}s to bytes. A large payload is passed on, not copied. */
public final class ApfEncoder extends ChannelOutboundHandlerAdapter {
    private static final int RESERVED = 0xFFFFFFFF;
    private static final int USUAL_LENGTH = 128;
    private static final int HEADER = 9;
    private static final int COPY_BELOW = 1024;

    private final OutstandingRequests outstanding;
    private final ArrayDeque<Deferred> deferred = new ArrayDeque<>(0);
    private boolean inData;

    ApfEncoder(OutstandingRequests outstanding) {
        this.outstanding = outstanding;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (inData) {
            deferred.add(new Deferred(msg, promise));
            return;
        }
        switch (msg) {
            case ChannelData data -> writeData(ctx, data, promise);
            case ApfMessage message -> {
                ByteBuf out = ctx.alloc().buffer(USUAL_LENGTH);
                try {
                    encode(message, out);
                } catch (RuntimeException e) {
                    out.release();
                    promise.tryFailure(e);
                    return;
                }
                ctx.write(out, promise);
            }
            default -> ctx.write(msg, promise);
        }
    }

    private void writeData(ChannelHandlerContext ctx, ChannelData data, ChannelPromise promise) {
        ByteBuf payload = data.content();
        int length = payload.readableBytes();
        boolean copied = length < COPY_BELOW;
        ByteBuf header = ctx.alloc().buffer(copied ? HEADER + length : HEADER);
        header.writeByte(MessageType.CHANNEL_DATA)
                .writeInt(data.recipientChannel())
                .writeInt(length);
        if (copied) {
            header.writeBytes(payload);
            payload.release();
            ctx.write(header, promise);
            return;
        }
        // What a write sets off, such as a change of writability, may write too: not in between.
        inData = true;
        ctx.write(header);
        inData = false;
        ctx.write(payload, promise);
        for (Deferred next = deferred.poll(); next != null; next = deferred.poll()) {
            write(ctx, next.message(), next.promise());
        }
    }

    private record Deferred(Object message, ChannelPromise promise) {}

    private void encode(ApfMessage message, ByteBuf out) {
        switch (message) {
            case ChannelData data ->
                    throw new IllegalArgumentException(
                            "CHANNEL_DATA has a path of its own: " + data);
            case ChannelWindowAdjust m ->
                    out.writeByte(MessageType.CHANNEL_WINDOW_ADJUST)
                            .writeInt(m.recipientChannel())
                            .writeInt((int) m.bytesToAdd());
            case ChannelOpen m -> channelOpen(m, out);
            case ChannelOpenConfirmation m ->
                    out.writeByte(MessageType.CHANNEL_OPEN_CONFIRMATION)
                            .writeInt(m.recipientChannel())
                            .writeInt(m.senderChannel())
                            .writeInt((int) m.initialWindow())
                            .writeInt(RESERVED);
            case ChannelOpenFailure m ->
                    out.writeByte(MessageType.CHANNEL_OPEN_FAILURE)
                            .writeInt(m.recipientChannel())
                            .writeInt(m.reason())
                            .writeLong(0);
            case ChannelClose m ->
                    out.writeByte(MessageType.CHANNEL_CLOSE).writeInt(m.recipientChannel());
            case KeepaliveRequest m ->
                    out.writeByte(MessageType.KEEPALIVE_REQUEST).writeInt(m.cookie());
            case KeepaliveReply m ->
                    out.writeByte(MessageType.KEEPALIVE_REPLY).writeInt(m.cookie());
            case KeepaliveOptionsRequest m ->
                    out.writeByte(MessageType.KEEPALIVE_OPTIONS_REQUEST)
                            .writeInt(m.intervalSeconds())
                            .writeInt(m.timeoutSeconds());
            case KeepaliveOptionsReply m ->
                    out.writeByte(MessageType.KEEPALIVE_OPTIONS_REPLY)
                            .writeInt(m.intervalSeconds())
                            .writeInt(m.timeoutSeconds());
            case TcpipForward m -> {
                outstanding.add(true);
                globalRequest("tcpip-forward", m.wantReply(), out);
                string(m.address(), out);
                out.writeInt(m.port());
            }
            case CancelTcpipForward m -> {
                outstanding.add(false);
                globalRequest("cancel-tcpip-forward", m.wantReply(), out);
                string(m.address(), out);
                out.writeInt(m.port());
            }
            case UdpSendTo m -> udpSendTo(m, out);
            case UnknownGlobalRequest m -> {
                if (m.wantReply()) {
                    outstanding.add(false);
                }
                globalRequest(m.name(), m.wantReply(), out);
            }
            case RequestSuccess m -> {
                out.writeByte(MessageType.REQUEST_SUCCESS);
                if (m.port() != RequestSuccess.NO_PORT) {
                    out.writeInt(m.port());
                }
            }
            case RequestFailure _ -> out.writeByte(MessageType.REQUEST_FAILURE);
            case ProtocolVersion m -> {
                out.writeByte(MessageType.PROTOCOLVERSION)
                        .writeInt(m.major())
                        .writeInt(m.minor())
                        .writeInt(m.trigger());
                SystemIdCodec.write(m.systemId(), out);
                out.writeZero(64);
            }
            case ServiceRequest m ->
                    string(m.service(), out.writeByte(MessageType.SERVICE_REQUEST));
            case ServiceAccept m -> string(m.service(), out.writeByte(MessageType.SERVICE_ACCEPT));
            case UserauthRequest m -> userauthRequest(m, out);
            case UserauthFailure m -> {
                string(m.methods(), out.writeByte(MessageType.USERAUTH_FAILURE));
                out.writeBoolean(m.partialSuccess());
            }
            case UserauthSuccess _ -> out.writeByte(MessageType.USERAUTH_SUCCESS);
            case Disconnect m ->
                    out.writeByte(MessageType.DISCONNECT).writeInt(m.reason()).writeShort(0);
        }
    }

    private static void channelOpen(ChannelOpen m, ByteBuf out) {
        string(m.channelType(), out.writeByte(MessageType.CHANNEL_OPEN));
        out.writeInt(m.senderChannel()).writeInt((int) m.initialWindow()).writeInt(RESERVED);
        string(m.address(), out);
        out.writeInt(m.port());
        string(m.originatorAddress(), out);
        out.writeInt(m.originatorPort());
    }

    private void udpSendTo(UdpSendTo m, ByteBuf out) {
        try {
            // No server answers it, whatever it wants (apf.md section 2.8).
            globalRequest("udp-send-to@amt.intel.com", m.wantReply(), out);
            string(m.address(), out);
            out.writeInt(m.port());
            string(m.originatorAddress(), out);
            out.writeInt(m.originatorPort());
            out.writeInt(m.content().readableBytes()).writeBytes(m.content());
        } finally {
            m.release();
        }
    }

    private static void userauthRequest(UserauthRequest m, ByteBuf out) {
        string(m.username(), out.writeByte(MessageType.USERAUTH_REQUEST));
        string(m.service(), out);
        string(m.method(), out);
        String password = m.password();
        if (password != null) {
            out.writeByte(0);
            string(password, out);
        }
    }

    private static void globalRequest(String name, boolean wantReply, ByteBuf out) {
        string(name, out.writeByte(MessageType.GLOBAL_REQUEST));
        out.writeBoolean(wantReply);
    }

    private static void string(String text, ByteBuf out) {
        out.writeInt(ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(out, text);
    }
}
