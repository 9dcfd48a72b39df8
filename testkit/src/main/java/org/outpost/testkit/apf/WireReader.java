package org.outpost.testkit.apf;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Reads one message after its type byte. Running out of bytes is a {@link
 * BufferUnderflowException}: the caller waits for more and starts the message again.
 */
final class WireReader {
    private static final long LONGEST_STRING = 2048;
    private static final long LONGEST_DATA = 1 << 20;
    private static final long LONGEST_DATAGRAM = 0xffff;

    private final ByteBuffer in;

    WireReader(ByteBuffer in) {
        this.in = in;
    }

    /** Reads any message but REQUEST_SUCCESS, whose length its type does not tell. */
    WireMessage message(int type) throws MalformedApfException {
        return switch (type) {
            case 1 -> disconnect();
            case 5 -> new WireMessage.ServiceRequest(str());
            case 6 -> new WireMessage.ServiceAccept(str());
            case 50 -> userauth();
            case 51 -> userauthFailure();
            case 52 -> new WireMessage.UserauthSuccess();
            case 80 -> global();
            case 82 -> new WireMessage.RequestFailure();
            case 90 -> channelOpen();
            case 91 -> confirmation();
            case 92 -> failure();
            case 93 -> new WireMessage.ChannelWindowAdjust(u32(), u32());
            case 94 -> new WireMessage.ChannelData(u32(), counted(LONGEST_DATA));
            case 97 -> new WireMessage.ChannelClose(u32());
            case 192 -> protocolVersion();
            case 208 -> new WireMessage.KeepAliveRequest(u32());
            case 209 -> new WireMessage.KeepAliveReply(u32());
            case 210 -> new WireMessage.KeepAliveOptionsRequest(u32(), u32());
            case 211 -> new WireMessage.KeepAliveOptionsReply(u32(), u32());
            case 250 -> new WireMessage.JsonControl(counted(LONGEST_DATA).text());
            default -> throw new MalformedApfException("unknown type " + type);
        };
    }

    long u32() {
        return Integer.toUnsignedLong(in.getInt());
    }

    private int u8() {
        return Byte.toUnsignedInt(in.get());
    }

    private Octets counted(long longest) throws MalformedApfException {
        long length = u32();
        if (length > longest) {
            throw new MalformedApfException("length " + length + " is above " + longest);
        }
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return Octets.of(bytes);
    }

    private String str() throws MalformedApfException {
        return new String(counted(LONGEST_STRING).bytes(), StandardCharsets.UTF_8);
    }

    private void zeros(int count) throws MalformedApfException {
        for (int i = 0; i < count; i++) {
            if (in.get() != 0) {
                throw new MalformedApfException("a reserved byte is not zero");
            }
        }
    }

    private void ones() throws MalformedApfException {
        if (in.getInt() != -1) {
            throw new MalformedApfException("a reserved word is not 0xffffffff");
        }
    }

    private boolean flag() throws MalformedApfException {
        int value = u8();
        if (value > 1) {
            throw new MalformedApfException("want-reply is " + value);
        }
        return value == 1;
    }

    private WireMessage disconnect() throws MalformedApfException {
        long reason = u32();
        zeros(2);
        return new WireMessage.Disconnect(reason);
    }

    private WireMessage userauth() throws MalformedApfException {
        String user = str();
        String service = str();
        String method = str();
        return switch (method) {
            case "none" -> new WireMessage.UserauthRequest(user, service, method, null);
            case "password" -> {
                zeros(1);
                yield new WireMessage.UserauthRequest(user, service, method, str());
            }
            default -> throw new MalformedApfException("unknown method " + method);
        };
    }

    private WireMessage userauthFailure() throws MalformedApfException {
        String methods = str();
        zeros(1);
        return new WireMessage.UserauthFailure(methods);
    }

    private WireMessage global() throws MalformedApfException {
        String name = str();
        boolean wantReply = flag();
        return switch (name) {
            case "tcpip-forward" -> new WireMessage.TcpipForward(wantReply, str(), u32());
            case "cancel-tcpip-forward" ->
                    new WireMessage.CancelTcpipForward(wantReply, str(), u32());
            case ApfBytes.UDP_SEND_TO ->
                    new WireMessage.UdpSendTo(
                            wantReply, str(), u32(), str(), u32(), counted(LONGEST_DATAGRAM));
            default -> throw new MalformedApfException("unknown global request " + name);
        };
    }

    private WireMessage channelOpen() throws MalformedApfException {
        String type = str();
        long sender = u32();
        long window = u32();
        ones();
        return new WireMessage.ChannelOpen(type, sender, window, str(), u32(), str(), u32());
    }

    private WireMessage confirmation() throws MalformedApfException {
        WireMessage message = new WireMessage.ChannelOpenConfirmation(u32(), u32(), u32());
        ones();
        return message;
    }

    private WireMessage failure() throws MalformedApfException {
        WireMessage message = new WireMessage.ChannelOpenFailure(u32(), u32());
        zeros(8);
        return message;
    }

    private WireMessage protocolVersion() throws MalformedApfException {
        long major = u32();
        long minor = u32();
        long trigger = u32();
        long high = Integer.toUnsignedLong(Integer.reverseBytes(in.getInt())) << 32;
        high |= Short.toUnsignedLong(Short.reverseBytes(in.getShort())) << 16;
        high |= Short.toUnsignedLong(Short.reverseBytes(in.getShort()));
        UUID uuid = new UUID(high, in.getLong());
        zeros(64);
        return new WireMessage.ProtocolVersion(major, minor, trigger, uuid);
    }
}
