package org.outpost.testkit.apf;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * One APF message as read from the wire, for assertions (apf.md section 2). Numbers are u32, from 0
 * to 2^32-1. {@link #bytes()} writes the message again.
 */
public sealed interface WireMessage {
    /** The message as it goes over the wire. */
    byte[] bytes();

    /** Type 1. */
    record Disconnect(long reason) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.disconnect(reason);
        }
    }

    /** Type 5. */
    record ServiceRequest(String service) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.serviceRequest(service);
        }
    }

    /** Type 6. */
    record ServiceAccept(String service) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.serviceAccept(service);
        }
    }

    /** Type 50; the password is null unless the method is {@code password}. */
    record UserauthRequest(String user, String service, String method, @Nullable String password)
            implements WireMessage {
        @Override
        public byte[] bytes() {
            return password == null
                    ? ApfBytes.userauthOther(user, service, method, new byte[0])
                    : ApfBytes.userauthPassword(user, service, 0, password);
        }

        @Override
        public String toString() {
            return "UserauthRequest[user=%s, service=%s, method=%s]"
                    .formatted(user, service, method);
        }
    }

    /** Type 51. */
    record UserauthFailure(String methods) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.userauthFailure(methods);
        }
    }

    /** Type 52. */
    record UserauthSuccess() implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.userauthSuccess();
        }
    }

    /** Type 80, tcpip-forward. */
    record TcpipForward(boolean wantReply, String address, long port) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.tcpipForward(wantReply, address, port);
        }
    }

    /** Type 80, cancel-tcpip-forward. */
    record CancelTcpipForward(boolean wantReply, String address, long port) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.cancelTcpipForward(wantReply, address, port);
        }
    }

    /** Type 80, udp-send-to. */
    record UdpSendTo(
            boolean wantReply,
            String host,
            long port,
            String originator,
            long originatorPort,
            Octets datagram)
            implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.udpSendTo(
                    wantReply, host, port, originator, originatorPort, datagram.bytes());
        }
    }

    /** Type 81 in answer to tcpip-forward. */
    record ForwardSuccess(long port) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.requestSuccess(port);
        }
    }

    /** Type 81 in answer to cancel-tcpip-forward. */
    record CancelSuccess() implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.requestSuccess();
        }
    }

    /** Type 82. */
    record RequestFailure() implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.requestFailure();
        }
    }

    /** Type 90. */
    record ChannelOpen(
            String type,
            long sender,
            long window,
            String host,
            long port,
            String originator,
            long originatorPort)
            implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.channelOpen(
                    type, sender, window, host, port, originator, originatorPort);
        }
    }

    /** Type 91. */
    record ChannelOpenConfirmation(long recipient, long sender, long window)
            implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.channelOpenConfirmation(recipient, sender, window);
        }
    }

    /** Type 92. */
    record ChannelOpenFailure(long recipient, long reason) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.channelOpenFailure(recipient, reason);
        }
    }

    /** Type 93. */
    record ChannelWindowAdjust(long recipient, long add) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.channelWindowAdjust(recipient, add);
        }
    }

    /** Type 94. */
    record ChannelData(long recipient, Octets data) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.channelData(recipient, data.bytes());
        }
    }

    /** Type 97. */
    record ChannelClose(long recipient) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.channelClose(recipient);
        }
    }

    /** Type 192. */
    record ProtocolVersion(long major, long minor, long trigger, UUID uuid) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.protocolVersion(major, minor, trigger, uuid);
        }
    }

    /** Type 208. */
    record KeepAliveRequest(long cookie) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.keepAliveRequest(cookie);
        }
    }

    /** Type 209. */
    record KeepAliveReply(long cookie) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.keepAliveReply(cookie);
        }
    }

    /** Type 210; both in seconds. */
    record KeepAliveOptionsRequest(long interval, long timeout) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.keepAliveOptionsRequest(interval, timeout);
        }
    }

    /** Type 211; both in seconds. */
    record KeepAliveOptionsReply(long interval, long timeout) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.keepAliveOptionsReply(interval, timeout);
        }
    }

    /** Type 250, private to another server. */
    record JsonControl(String json) implements WireMessage {
        @Override
        public byte[] bytes() {
            return ApfBytes.jsonControl(json);
        }
    }

    /** The rest of a stream that cannot be read any further, and why (apf.md 2.2). */
    record Undecodable(String why, Octets rest) implements WireMessage {
        @Override
        public byte[] bytes() {
            return rest.bytes();
        }
    }
}
