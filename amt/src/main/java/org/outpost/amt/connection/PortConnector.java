package org.outpost.amt.connection;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;

/**
 * Connects to a port of one device. Whoever holds it knows nothing of what carries the connection:
 * a tunnel, a relay, or the LAN.
 */
@FunctionalInterface
public interface PortConnector {
    /**
     * Connects to a port of the device.
     *
     * <p>The future fails with {@link java.net.ConnectException} when the device refused the port,
     * with {@link io.netty.channel.ConnectTimeoutException} when it did not answer in time, and
     * with {@link java.nio.channels.ClosedChannelException} when the way to the device has gone.
     *
     * @param port the AMT port, 1 to 65535
     * @param handler added to the new channel's pipeline before it is connected
     * @return the future of the connected channel; its event loop need not be the caller's
     */
    ChannelFuture connect(int port, ChannelHandler handler);
}
