package org.outpost.simulator.device;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.OpenFailureReason;
import org.outpost.simulator.amt.AmtDevice;
import org.outpost.simulator.amt.AmtHttpInitializer;
import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.stream.StreamHandler;

/**
 * What answers on the ports of one device. Only announced ports are served; the port of the
 * connection decides, not its address (apf.md §2.9).
 */
final class DevicePorts implements ChannelAcceptor {
    private final DeviceProfile profile;
    private final DeviceServices services;
    private @Nullable AmtDevice amt;

    DevicePorts(DeviceProfile profile, DeviceServices services) {
        this.profile = profile;
        this.services = services;
    }

    @Override
    public OpenDecision decide(ChannelOpen open) {
        if (!open.channelType().equals(ApfConstants.FORWARDED_TCPIP)) {
            return new OpenDecision.Refuse(OpenFailureReason.UNKNOWN_CHANNEL_TYPE);
        }
        if (!profile.ports().contains(open.port())) {
            return new OpenDecision.Refuse(OpenFailureReason.ADMINISTRATIVELY_PROHIBITED);
        }
        return switch (open.port()) {
            case 16992, 623 -> new OpenDecision.Accept(http(false));
            case 16993, 664 -> new OpenDecision.Accept(inTls(http(true)));
            case 16994 -> new OpenDecision.Accept(stream());
            case 16995 -> new OpenDecision.Accept(inTls(stream()));
            // 5900 is announced also while its KVM is switched off, as it is by default
            default -> new OpenDecision.Refuse(OpenFailureReason.CONNECT_FAILED);
        };
    }

    private ChannelHandler http(boolean secure) {
        AmtDevice device = amt;
        if (device == null) {
            // Most devices of a large fleet are never asked anything.
            device =
                    new AmtDevice(
                            profile, services.credentials(), services.nonces(), services.clock());
            amt = device;
        }
        return new AmtHttpInitializer(device, secure, services.requestsPerConnection());
    }

    private static ChannelHandler stream() {
        return new StreamHandler();
    }

    private ChannelHandler inTls(ChannelHandler next) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(services.tls().newHandler(profile, channel.alloc()))
                        .addLast(next);
            }
        };
    }
}
