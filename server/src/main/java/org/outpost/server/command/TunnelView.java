package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A tunnel as the API tells it.
 *
 * @param id its number
 * @param guid the device's UUID
 * @param hostname the name the device announced in it
 * @param credential what its credentials stand for
 * @param address where it comes from
 * @param since when it was authenticated
 * @param protocol TLS version
 * @param cipher TLS cipher suite
 * @param ports the device's ports
 * @param channels how many channels are open
 * @param bytesIn payload bytes from the device
 * @param bytesOut payload bytes to the device
 * @param bytesInPerSecond from the device now
 * @param bytesOutPerSecond to the device now
 * @param keepAliveSeconds seconds between keep-alives; 0 when none was negotiated
 */
record TunnelView(
        String id,
        String guid,
        @Nullable String hostname,
        @Nullable String credential,
        @Nullable String address,
        @Nullable Instant since,
        @Nullable String protocol,
        @Nullable String cipher,
        @Nullable List<Integer> ports,
        int channels,
        long bytesIn,
        long bytesOut,
        long bytesInPerSecond,
        long bytesOutPerSecond,
        long keepAliveSeconds) {

    /** What people call the device. */
    String name() {
        return hostname == null || hostname.isEmpty() ? "-" : hostname;
    }

    /** TLS version and cipher suite. */
    String security() {
        if (protocol == null || protocol.isEmpty()) {
            return "no TLS here";
        }
        return cipher == null || cipher.isEmpty() ? protocol : protocol + ", " + cipher;
    }

    /** All that is particular to the tunnel, a line for each. */
    void describe(Fields fields, HumanFormat format) {
        fields.add("Tunnel", id);
        fields.add("  since", format.moment(since));
        fields.add("  security", security());
        fields.add("  ports", portList());
        fields.add("  channels", String.valueOf(channels));
        fields.add("  from device", HumanFormat.flow(bytesIn, bytesInPerSecond));
        fields.add("  to device", HumanFormat.flow(bytesOut, bytesOutPerSecond));
        fields.add(
                "  keep-alive",
                keepAliveSeconds == 0 ? "not negotiated" : "every " + keepAliveSeconds + " s");
    }

    /** The ports with commas between. */
    String portList() {
        return ports == null || ports.isEmpty()
                ? "-"
                : ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
