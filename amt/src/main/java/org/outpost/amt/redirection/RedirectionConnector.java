package org.outpost.amt.redirection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;

import org.outpost.amt.connection.DeviceConnector;
import org.outpost.amt.connection.ServicePorts;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The way to the redirection ports of one device. */
@FunctionalInterface
public interface RedirectionConnector {
    /**
     * Connects.
     *
     * @param stack adds the handlers of the session, behind TLS where there is any; may be called
     *     once for each port that is tried
     * @return the channel, on which may be spoken; or failed with an {@link
     *     org.outpost.amt.failure.AmtException}
     */
    CompletableFuture<Channel> connect(Consumer<ChannelPipeline> stack);

    /** To 16994, or in TLS to 16995, as the device's connector decides. */
    static RedirectionConnector of(DeviceConnector device) {
        return stack -> device.connect(ServicePorts.REDIRECTION, stack);
    }
}
