package org.outpost.apf.message;

/**
 * An APF message (apf.md section 2). Channel numbers are unsigned 32-bit values kept in an {@code
 * int} because they are only ever compared; windows are kept in a {@code long}, 0 to 2^32 - 1.
 */
public sealed interface ApfMessage
        permits ChannelMessage,
                Disconnect,
                GlobalRequest,
                KeepaliveOptionsReply,
                KeepaliveOptionsRequest,
                KeepaliveReply,
                KeepaliveRequest,
                ProtocolVersion,
                RequestFailure,
                RequestSuccess,
                ServiceAccept,
                ServiceRequest,
                UserauthFailure,
                UserauthRequest,
                UserauthSuccess {}
