package org.outpost.gateway.socks;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.socksx.v5.DefaultSocks5PasswordAuthRequest;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Decodes the user name and password of RFC 1929 section 2 as UTF-8. Netty's decoder takes them for
 * ASCII, which makes every password with an umlaut wrong. What follows is handed on as bytes.
 */
final class PasswordRequestDecoder extends ByteToMessageDecoder {
    private static final byte VERSION = 1;

    private boolean done;
    private boolean failed;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (failed) {
            in.skipBytes(in.readableBytes());
        } else if (done) {
            out.add(in.readRetainedSlice(in.readableBytes()));
        } else {
            decodeRequest(in, out);
        }
    }

    private void decodeRequest(ByteBuf in, List<Object> out) {
        int start = in.readerIndex();
        if (in.getByte(start) != VERSION) {
            failed = true;
            DefaultSocks5PasswordAuthRequest bad = new DefaultSocks5PasswordAuthRequest("", "");
            bad.setDecoderResult(
                    DecoderResult.failure(
                            new DecoderException("unsupported subnegotiation version")));
            in.skipBytes(in.readableBytes());
            out.add(bad);
            return;
        }
        if (in.readableBytes() < 2) {
            return;
        }
        int userLength = in.getUnsignedByte(start + 1);
        if (in.readableBytes() < 3 + userLength) {
            return;
        }
        int passwordLength = in.getUnsignedByte(start + 2 + userLength);
        int total = 3 + userLength + passwordLength;
        if (in.readableBytes() < total) {
            return;
        }
        String user = in.toString(start + 2, userLength, StandardCharsets.UTF_8);
        String password =
                in.toString(start + 3 + userLength, passwordLength, StandardCharsets.UTF_8);
        in.skipBytes(total);
        done = true;
        out.add(new DefaultSocks5PasswordAuthRequest(user, password));
    }
}
