package org.outpost.server.web.channel;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.netty.util.NetUtil;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.channel.ChannelInfo;
import org.outpost.gateway.channel.ChannelUse;

import java.time.Instant;
import java.util.UUID;

/**
 * A channel to a device as the API shows it.
 *
 * @param id its number
 * @param guid the device; null when it is only known by its address in the local network
 * @param hostname what the device is called; what was asked for where it has no other name
 * @param port of the device
 * @param route {@code tunnel} or {@code lan}
 * @param tunnel the number of the tunnel; null over the local network
 * @param door {@code http-proxy}, {@code socks}, {@code web}, or {@code server} when this server
 *     opened it by itself
 * @param means {@code http}, {@code opaque}, {@code wsman}, {@code sol}, {@code ider} or {@code
 *     kvm}
 * @param user as the door knows them; empty where it asks nobody
 * @param address where the console connected from; empty when this server opened it by itself
 * @param since when it was open
 * @param bytesToDevice bytes to the device so far
 * @param bytesToConsole bytes from the device so far
 * @param bytesToDevicePerSecond in the last five to ten seconds
 * @param bytesToConsolePerSecond in the last five to ten seconds
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ChannelView(
        long id,
        @Nullable UUID guid,
        String hostname,
        int port,
        String route,
        @Nullable Long tunnel,
        String door,
        String means,
        String user,
        String address,
        Instant since,
        long bytesToDevice,
        long bytesToConsole,
        long bytesToDevicePerSecond,
        long bytesToConsolePerSecond) {
    /** Stands for a device that is only known by an address. */
    static final UUID NIL = new UUID(0, 0);

    /**
     * Shows a channel.
     *
     * @param announced the name that the device announced; empty when it did not
     */
    static ChannelView of(ChannelInfo channel, String announced) {
        ChannelUse use = channel.use();
        return new ChannelView(
                channel.id(),
                use.device().equals(NIL) ? null : use.device(),
                announced.isEmpty() ? use.name() : announced,
                use.port(),
                use.tunnel().isPresent() ? "tunnel" : "lan",
                use.tunnel().isPresent() ? use.tunnel().getAsLong() : null,
                use.door(),
                use.means().label(),
                use.user(),
                use.address() == null ? "" : NetUtil.toSocketAddressString(use.address()),
                channel.since(),
                channel.bytesToDevice(),
                channel.bytesToConsole(),
                channel.rates().toDevice(),
                channel.rates().fromDevice());
    }
}
