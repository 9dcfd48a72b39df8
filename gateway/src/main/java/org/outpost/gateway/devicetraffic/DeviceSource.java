package org.outpost.gateway.devicetraffic;

import java.net.InetSocketAddress;
import java.util.UUID;

/**
 * The device that something came from, as its tunnel's sign-in established it; never what the thing
 * itself says.
 *
 * @param device the device's identity in the register
 * @param name its announced name at this moment, or empty
 * @param tunnel the tunnel's number
 * @param principal the credential that it signed in with
 * @param address where the tunnel comes from, before any load balancer
 */
public record DeviceSource(
        UUID device, String name, long tunnel, String principal, InetSocketAddress address) {}
