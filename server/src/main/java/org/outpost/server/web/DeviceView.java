package org.outpost.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.tunnel.KnownDevice;
import org.outpost.gateway.tunnel.TunnelInfo;

import java.time.Instant;
import java.util.UUID;

/**
 * A device as the API shows it. Field names follow Open DMT's MPS where it has them.
 *
 * @param guid how the device is called everywhere
 * @param hostname announced last; empty when it never announced one
 * @param connectionStatus whether it is connected now
 * @param credential what it is bound to
 * @param announcedGuid the UUID that it announces; differs from guid for boards without one of
 *     their own
 * @param address where it called from last
 * @param tunnel the number of its tunnel in a list, the tunnel itself when one device is shown;
 *     null when it is offline
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record DeviceView(
        UUID guid,
        String hostname,
        boolean connectionStatus,
        String credential,
        UUID announcedGuid,
        Instant firstSeen,
        Instant lastSeen,
        String address,
        @Nullable Object tunnel) {
    static DeviceView inList(KnownDevice device, @Nullable TunnelInfo tunnel) {
        return of(device, tunnel, tunnel == null ? null : tunnel.id());
    }

    static DeviceView alone(KnownDevice device, @Nullable TunnelInfo tunnel) {
        return of(device, tunnel, tunnel == null ? null : TunnelView.of(tunnel));
    }

    private static DeviceView of(
            KnownDevice device, @Nullable TunnelInfo tunnel, @Nullable Object shown) {
        return new DeviceView(
                device.key().id(),
                tunnel == null || tunnel.name().isEmpty() ? device.name() : tunnel.name(),
                tunnel != null,
                device.principal(),
                device.key().announced(),
                device.firstSeen(),
                tunnel == null ? device.lastSeen() : Instant.now(),
                tunnel == null ? device.address() : tunnel.address().getAddress().getHostAddress(),
                shown);
    }
}
