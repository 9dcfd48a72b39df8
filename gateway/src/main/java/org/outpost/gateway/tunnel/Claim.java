package org.outpost.gateway.tunnel;

import java.net.InetAddress;
import java.time.Instant;
import java.util.UUID;

/**
 * What a device says and shows when it calls in.
 *
 * @param uuid the UUID of its PROTOCOLVERSION message (apf.md §2)
 * @param principal what its credentials stand for: a user name, or a certificate's name
 * @param address where it calls from
 * @param time when
 */
public record Claim(UUID uuid, String principal, InetAddress address, Instant time) {}
