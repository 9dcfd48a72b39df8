package org.outpost.apf.codec;

import static org.outpost.apf.message.ApfConstants.METHOD_NONE;
import static org.outpost.apf.message.ApfConstants.METHOD_PASSWORD;

import io.netty.buffer.ByteBuf;

import org.outpost.apf.message.MessageType;

import java.nio.charset.StandardCharsets;

/**
 * Finds the whole length of the message at the start of a buffer from as few bytes as can be
 * (apf.md section 2.2), refusing an oversized field before its bytes are awaited.
 */
final class MessageLength {
    /** More bytes are needed before the length is known. */
    static final int UNKNOWN = -1;

    private static final byte[] TCPIP_FORWARD = ascii("tcpip-forward");
    private static final byte[] CANCEL_TCPIP_FORWARD = ascii("cancel-tcpip-forward");
    private static final byte[] UDP_SEND_TO = ascii("udp-send-to@amt.intel.com");
    private static final byte[] PASSWORD = ascii(METHOD_PASSWORD);
    private static final byte[] NONE = ascii(METHOD_NONE);

    private final ApfLimits limits;
    private final OutstandingRequests outstanding;

    MessageLength(ApfLimits limits, OutstandingRequests outstanding) {
        this.limits = limits;
        this.outstanding = outstanding;
    }

    /** The length in bytes, or {@link #UNKNOWN}. */
    int of(int type, ByteBuf in) {
        return switch (type) {
            case MessageType.USERAUTH_SUCCESS, MessageType.REQUEST_FAILURE -> 1;
            case MessageType.REQUEST_SUCCESS -> requestSuccess();
            case MessageType.CHANNEL_CLOSE,
                    MessageType.KEEPALIVE_REQUEST,
                    MessageType.KEEPALIVE_REPLY ->
                    5;
            case MessageType.DISCONNECT -> 7;
            case MessageType.CHANNEL_WINDOW_ADJUST,
                    MessageType.KEEPALIVE_OPTIONS_REQUEST,
                    MessageType.KEEPALIVE_OPTIONS_REPLY ->
                    9;
            case MessageType.CHANNEL_OPEN_CONFIRMATION, MessageType.CHANNEL_OPEN_FAILURE -> 17;
            case MessageType.PROTOCOLVERSION -> 93;
            case MessageType.SERVICE_REQUEST, MessageType.SERVICE_ACCEPT -> strings(in, 1, 1);
            case MessageType.USERAUTH_FAILURE -> plus(strings(in, 1, 1), 1);
            case MessageType.USERAUTH_REQUEST -> userauthRequest(in);
            case MessageType.GLOBAL_REQUEST -> globalRequest(in);
            case MessageType.CHANNEL_OPEN -> channelOpen(in);
            case MessageType.CHANNEL_DATA -> channelData(in);
            default ->
                    throw new ApfProtocolException(
                            ProtocolError.UNKNOWN_MESSAGE, "message type " + type);
        };
    }

    private int requestSuccess() {
        if (outstanding.isEmpty()) {
            throw new ApfProtocolException(
                    ProtocolError.UNEXPECTED_REPLY, "REQUEST_SUCCESS without a request");
        }
        return outstanding.nextCarriesPort() ? 5 : 1;
    }

    private int userauthRequest(ByteBuf in) {
        int service = string(in, 1);
        int method = service == UNKNOWN ? UNKNOWN : string(in, service);
        int end = method == UNKNOWN ? UNKNOWN : string(in, method);
        if (end == UNKNOWN || in.readableBytes() < end) {
            return UNKNOWN;
        }
        if (equals(in, method + 4, end, PASSWORD)) {
            return string(in, end + 1);
        }
        if (equals(in, method + 4, end, NONE)) {
            return end;
        }
        throw new ApfProtocolException(
                ProtocolError.UNKNOWN_METHOD,
                "authentication method of " + (end - method - 4) + " bytes");
    }

    private int globalRequest(ByteBuf in) {
        int name = string(in, 1);
        if (name == UNKNOWN || in.readableBytes() < name + 1) {
            return UNKNOWN;
        }
        int body = name + 1;
        if (equals(in, 5, name, TCPIP_FORWARD) || equals(in, 5, name, CANCEL_TCPIP_FORWARD)) {
            return plus(string(in, body), 4);
        }
        if (equals(in, 5, name, UDP_SEND_TO)) {
            int destination = plus(string(in, body), 4);
            int originator = destination == UNKNOWN ? UNKNOWN : plus(string(in, destination), 4);
            return originator == UNKNOWN
                    ? UNKNOWN
                    : data(in, originator, limits.maxDatagram(), "datagram");
        }
        return body;
    }

    private int channelOpen(ByteBuf in) {
        int type = string(in, 1);
        int address = type == UNKNOWN ? UNKNOWN : plus(string(in, type + 12), 4);
        return address == UNKNOWN ? UNKNOWN : plus(string(in, address), 4);
    }

    private int channelData(ByteBuf in) {
        return data(in, 5, limits.maxData(), "CHANNEL_DATA");
    }

    private int strings(ByteBuf in, int offset, int count) {
        int end = offset;
        for (int i = 0; i < count && end != UNKNOWN; i++) {
            end = string(in, end);
        }
        return end;
    }

    /** The offset behind the string whose length field is at the offset. */
    private int string(ByteBuf in, int offset) {
        if (in.readableBytes() < offset + 4) {
            return UNKNOWN;
        }
        long length = in.getUnsignedInt(in.readerIndex() + offset);
        if (length > limits.maxString()) {
            throw new ApfProtocolException(
                    ProtocolError.STRING_TOO_LONG,
                    "string of " + length + " bytes (at most " + limits.maxString() + ")");
        }
        return offset + 4 + (int) length;
    }

    private int data(ByteBuf in, int offset, int limit, String what) {
        if (in.readableBytes() < offset + 4) {
            return UNKNOWN;
        }
        long length = in.getUnsignedInt(in.readerIndex() + offset);
        if (length > limit) {
            throw new ApfProtocolException(
                    ProtocolError.DATA_TOO_LONG,
                    what + " of " + length + " bytes (at most " + limit + ")");
        }
        return offset + 4 + (int) length;
    }

    private static int plus(int length, int more) {
        return length == UNKNOWN ? UNKNOWN : length + more;
    }

    private static boolean equals(ByteBuf in, int from, int to, byte[] expected) {
        if (to - from != expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (in.getByte(in.readerIndex() + from + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
