package org.outpost.amt.redirection.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

import org.outpost.amt.redirection.message.MessageCode;
import org.outpost.amt.redirection.message.Octets;
import org.outpost.amt.redirection.message.SessionMessage;
import org.outpost.amt.redirection.message.StartStatus;

/** Writes {@link SessionMessage}s of both directions (redirection.md §1). */
public final class SessionEncoder extends MessageToByteEncoder<SessionMessage> {
    /** An encoder for one channel. */
    public SessionEncoder() {
        super(SessionMessage.class);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, SessionMessage message, ByteBuf out) {
        switch (message) {
            case SessionMessage.StartSession start -> {
                out.writeByte(MessageCode.START_SESSION).writeByte(start.kind().protocol());
                out.writeZero(2).writeInt(start.kind().tag());
            }
            case SessionMessage.StartSessionReply reply -> {
                out.writeByte(MessageCode.START_SESSION_REPLY).writeByte(reply.status());
                out.writeZero(2);
                if (reply.status() == StartStatus.SUCCESS) {
                    out.writeIntLE(reply.version()).writeIntLE(reply.iana());
                    out.writeByte(reply.oem().length()).writeBytes(reply.oem().toArray());
                }
            }
            case SessionMessage.EndSession() -> out.writeByte(MessageCode.END_SESSION).writeZero(3);
            case SessionMessage.Authenticate(int method, Octets data) -> {
                out.writeByte(MessageCode.AUTHENTICATE).writeZero(3).writeByte(method);
                out.writeIntLE(data.length()).writeBytes(data.toArray());
            }
            case SessionMessage.AuthenticateReply(int status, int method, Octets data) -> {
                out.writeByte(MessageCode.AUTHENTICATE_REPLY).writeByte(status).writeZero(2);
                out.writeByte(method).writeIntLE(data.length()).writeBytes(data.toArray());
            }
        }
    }
}
