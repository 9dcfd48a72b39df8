package org.outpost.server.web.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.tunnel.KnownDevice;
import org.outpost.gateway.tunnel.TunnelInfo;
import org.outpost.inventory.label.DeviceLabel;
import org.outpost.server.web.TunnelView;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A device as the API shows it. Field names follow Open DMT's MPS where it has them.
 *
 * @param guid how the device is called everywhere
 * @param hostname announced last, else what was said of it; empty when neither
 * @param friendlyName how people call it; null without one
 * @param connectionStatus whether it is connected now
 * @param tags what it was tagged with
 * @param tenantId whose it is; empty for nobody's in particular
 * @param mpsusername the same as credential, by the name that Open DMT has for it
 * @param mpsInstance which server it is connected to; null when offline
 * @param dnsSuffix of the network where it is at home; null when nobody said
 * @param deviceInfo a JSON object of whoever set it up; null without one
 * @param lastConnected when its tunnel was opened; null when offline
 * @param credential what it is bound to; empty before it called in for the first time
 * @param announcedGuid the UUID that it announces; differs from guid for boards without one of
 *     their own
 * @param firstSeen null before it called in for the first time
 * @param lastSeen null before it called in for the first time
 * @param address where it called from last; empty before it called in for the first time
 * @param tunnel the number of its tunnel in a list, the tunnel itself when one device is shown;
 *     null when it is offline
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record DeviceView(
        UUID guid,
        String hostname,
        @Nullable String friendlyName,
        boolean connectionStatus,
        Set<String> tags,
        String tenantId,
        String mpsusername,
        @Nullable String mpsInstance,
        @Nullable String dnsSuffix,
        @Nullable @JsonRawValue String deviceInfo,
        @Nullable Instant lastConnected,
        String credential,
        UUID announcedGuid,
        @Nullable Instant firstSeen,
        @Nullable Instant lastSeen,
        String address,
        @Nullable Object tunnel) {
    static DeviceView inList(KnownDevice device, DeviceLabel label, @Nullable TunnelInfo tunnel) {
        return of(device, label, tunnel, tunnel == null ? null : tunnel.id());
    }

    static DeviceView alone(KnownDevice device, DeviceLabel label, @Nullable TunnelInfo tunnel) {
        return of(device, label, tunnel, tunnel == null ? null : TunnelView.of(tunnel));
    }

    /** A device that is expected and has not called in yet. */
    static DeviceView expected(DeviceLabel label) {
        return new DeviceView(
                label.id(),
                label.hostName(),
                orNull(label.friendlyName()),
                false,
                label.tags(),
                label.tenant(),
                "",
                null,
                orNull(label.dnsSuffix()),
                orNull(label.info()),
                null,
                "",
                label.id(),
                null,
                null,
                "",
                null);
    }

    private static DeviceView of(
            KnownDevice device,
            DeviceLabel label,
            @Nullable TunnelInfo tunnel,
            @Nullable Object shown) {
        return new DeviceView(
                device.key().id(),
                hostname(device, label, tunnel),
                orNull(label.friendlyName()),
                tunnel != null,
                label.tags(),
                label.tenant(),
                device.principal(),
                tunnel == null ? null : "outpost",
                orNull(label.dnsSuffix()),
                orNull(label.info()),
                tunnel == null ? null : tunnel.since(),
                device.principal(),
                device.key().announced(),
                device.firstSeen(),
                tunnel == null ? device.lastSeen() : Instant.now(),
                tunnel == null ? device.address() : tunnel.address().getAddress().getHostAddress(),
                shown);
    }

    private static String hostname(
            KnownDevice device, DeviceLabel label, @Nullable TunnelInfo tunnel) {
        if (tunnel != null && !tunnel.name().isEmpty()) {
            return tunnel.name();
        }
        return device.name().isEmpty() ? label.hostName() : device.name();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
