package org.outpost.amt.redirection;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;

/** Opens a byte stream to a port of one device, whatever the way to it is. */
@FunctionalInterface
public interface PortConnector {
    /**
     * Connects.
     *
     * @param port TCP port of the device, 1 to 65535
     * @param handler put on the new channel before it becomes active
     * @return done when the device has accepted the connection, failed when it has not
     */
    ChannelFuture connect(int port, ChannelHandler handler);
}
