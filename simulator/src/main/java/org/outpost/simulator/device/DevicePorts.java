package org.outpost.simulator.device;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.util.concurrent.EventExecutor;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.OpenFailureReason;
import org.outpost.simulator.amt.AmtDevice;
import org.outpost.simulator.amt.AmtHttpInitializer;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.firmware.RemoteTunnel;
import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.redirection.DeviceRedirection;
import org.outpost.simulator.redirection.FirmwareHost;
import org.outpost.simulator.redirection.PortDispatcher;
import org.outpost.simulator.redirection.ider.DriveExercise;
import org.outpost.simulator.stream.StreamHandler;

import java.util.Optional;

/**
 * What answers on the ports of one device. Only announced ports are served; the port of the
 * connection decides, not its address (apf.md §2.9).
 */
final class DevicePorts implements ChannelAcceptor {
    private final DeviceProfile profile;
    private final DeviceServices services;
    private final EventExecutor loop;
    private final RemoteTunnel tunnel;
    private final Runnable farewell;
    private @Nullable AmtDevice amt;
    private @Nullable DeviceRedirection redirection;

    /**
     * The ports of a device.
     *
     * @param loop where everything of the device happens
     * @param tunnel the device's own
     * @param farewell called when the device is not set up any more
     */
    DevicePorts(
            DeviceProfile profile,
            DeviceServices services,
            EventExecutor loop,
            RemoteTunnel tunnel,
            Runnable farewell) {
        this.profile = profile;
        this.services = services;
        this.loop = loop;
        this.tunnel = tunnel;
        this.farewell = farewell;
    }

    @Override
    public OpenDecision decide(ChannelOpen open) {
        if (!open.channelType().equals(ApfConstants.FORWARDED_TCPIP)) {
            return new OpenDecision.Refuse(OpenFailureReason.UNKNOWN_CHANNEL_TYPE);
        }
        if (!profile.ports().contains(open.port())) {
            return new OpenDecision.Refuse(OpenFailureReason.ADMINISTRATIVELY_PROHIBITED);
        }
        return handler(open.port())
                .<OpenDecision>map(OpenDecision.Accept::new)
                .orElseGet(() -> new OpenDecision.Refuse(OpenFailureReason.CONNECT_FAILED));
    }

    /** What answers on a port, through the tunnel or without; empty when nothing does now. */
    Optional<ChannelHandler> handler(int port) {
        if (amt != null && !amt.firmware().provisioned()) {
            return Optional.empty();
        }
        boolean forSessions = port == 16994 || port == 16995;
        if (forSessions && amt != null && !amt.firmware().redirection().listening()) {
            return Optional.empty();
        }
        return switch (port) {
            case 16992, 623 -> Optional.of(http(false));
            case 16993, 664 -> Optional.of(inTls(http(true)));
            case 16994 -> Optional.of(redirection());
            case 16995 -> Optional.of(inTls(redirection()));
            // 5900 is announced also while its KVM is switched off, as it is by default
            default -> Optional.empty();
        };
    }

    private ChannelHandler http(boolean secure) {
        return new AmtHttpInitializer(amt(), secure, services.requestsPerConnection());
    }

    /** What the device remembers; made now if nobody asked before. */
    AmtDevice amt() {
        AmtDevice device = amt;
        if (device == null) {
            // Most devices of a large fleet are never asked anything.
            Firmware firmware = new Firmware(profile, services.firmware(loop));
            firmware.attach(tunnel);
            firmware.onFarewell(farewell);
            device =
                    new AmtDevice(
                            firmware,
                            services.nonces(),
                            services.catalog(),
                            services.faults().of(profile));
            amt = device;
        }
        return device;
    }

    private ChannelHandler redirection() {
        return new PortDispatcher(() -> sessions().connection(), StreamHandler::new);
    }

    /** Made with the first session: the streams of load tests need none of it. */
    private DeviceRedirection sessions() {
        DeviceRedirection known = redirection;
        if (known == null) {
            known =
                    new DeviceRedirection(
                            new FirmwareHost(amt().firmware()),
                            services.clock(),
                            DriveExercise.NONE);
            redirection = known;
        }
        return known;
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
