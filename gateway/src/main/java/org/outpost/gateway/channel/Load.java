package org.outpost.gateway.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

import org.outpost.gateway.splice.Splice;
import org.outpost.gateway.traffic.ByteCount;

import java.util.function.Consumer;

/**
 * What a door puts on a new channel to a device.
 *
 * @param means what it is for
 * @param handler goes into the channel's pipeline before it is connected
 * @param bytes counts what flows
 * @param cut ends the channel, and what hangs on it; called on any thread
 */
public record Load(Means means, ChannelHandler handler, ByteCount bytes, Consumer<Channel> cut) {
    /** The device's end of a splice. */
    public static Load of(Splice splice) {
        return new Load(Means.OPAQUE, splice.deviceEnd(), splice.counters(), _ -> splice.reset());
    }
}
