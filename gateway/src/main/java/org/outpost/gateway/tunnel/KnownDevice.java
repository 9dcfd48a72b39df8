package org.outpost.gateway.tunnel;

import java.time.Instant;

/**
 * What the register holds about a device.
 *
 * @param key how we call it
 * @param principal the credential that it is bound to
 * @param name the name it announced last, as announced; empty when it never announced a plausible
 *     one
 * @param firstSeen when it was recorded
 * @param lastSeen the last sign of life, up to half a minute old while its tunnel is open
 * @param address where it called from last, as text
 */
public record KnownDevice(
        DeviceKey key,
        String principal,
        String name,
        Instant firstSeen,
        Instant lastSeen,
        String address) {}
