package org.outpost.simulator.device;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;

import org.outpost.simulator.identity.DeviceProfile;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Lets a device listen on an address of its own, with the ports it has on the network. */
final class LanPorts {
    /** The ports for consoles; 623 and 664 are left to those who may have them. */
    private static final List<Integer> FOR_CONSOLES = List.of(16992, 16993, 16994, 16995);

    private final DeviceProfile profile;
    private final DevicePorts ports;
    private final EventLoop loop;

    LanPorts(DeviceProfile profile, DevicePorts ports, EventLoop loop) {
        this.profile = profile;
        this.ports = ports;
        this.loop = loop;
    }

    /** Begins to listen on each port. */
    List<LanPort> listen(
            InetAddress address, ChannelFactory<? extends ServerChannel> serverSockets) {
        return FOR_CONSOLES.stream()
                .filter(profile.ports()::contains)
                .map(port -> listen(new InetSocketAddress(address, port), serverSockets))
                .toList();
    }

    private LanPort listen(
            InetSocketAddress address, ChannelFactory<? extends ServerChannel> serverSockets) {
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loop)
                        .channelFactory(serverSockets)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        ports.handler(address.getPort())
                                                .ifPresentOrElse(
                                                        channel.pipeline()::addLast,
                                                        channel::close);
                                    }
                                });
        return new LanPort(address, bootstrap.bind(address));
    }
}
