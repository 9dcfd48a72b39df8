package org.outpost.gateway.route;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;

import java.util.OptionalLong;

/**
 * A way to reach one device: through a tunnel that ends here, and later through another node, a
 * relay or the LAN. Whoever holds a route knows nothing of what carries it. As long as the way is
 * the same, the directory answers with the same object: by that, what was opened before is known to
 * lead to the device that is meant now.
 */
public interface Route {
    /**
     * Connects to a port of the device.
     *
     * <p>The future fails with {@link java.net.ConnectException} when the device refused the port
     * ({@code org.outpost.apf.channel.ChannelOpenFailedException} carries the reason code), with
     * {@link io.netty.channel.ConnectTimeoutException} when it did not answer in time, and with
     * {@link java.nio.channels.ClosedChannelException} when the way to the device has gone.
     *
     * @param port the AMT port, 1 to 65535
     * @param handler added to the new channel's pipeline before it is connected, usually a {@code
     *     ChannelInitializer}; it may switch the channel's {@code autoRead} off
     * @return the future of the connected channel; its event loop need not be the caller's
     */
    ChannelFuture connect(int port, ChannelHandler handler);

    /** The number of the tunnel that it leads through; empty where it leads through none. */
    default OptionalLong tunnel() {
        return OptionalLong.empty();
    }
}
