package org.outpost.simulator.device;

import io.netty.channel.ChannelFuture;

import java.net.InetSocketAddress;

/**
 * A port on which a device listens, or tries to.
 *
 * @param address where
 * @param bound done when it listens, failed when it cannot
 */
public record LanPort(InetSocketAddress address, ChannelFuture bound) {}
