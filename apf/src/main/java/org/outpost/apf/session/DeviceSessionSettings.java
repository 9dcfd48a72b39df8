package org.outpost.apf.session;

import org.outpost.apf.message.ProtocolVersion;

import java.time.Duration;
import java.util.List;

/**
 * What a device tells its server.
 *
 * @param version its UUID and why it calls
 * @param username for the method {@code password}; at most 64 characters in known firmware
 * @param password likewise
 * @param address the name that goes with each forwarded port
 * @param ports what it forwards, in this order, one at a time
 * @param keepAliveInterval whole seconds, at least one, until the server asks for another
 */
public record DeviceSessionSettings(
        ProtocolVersion version,
        String username,
        String password,
        String address,
        List<Integer> ports,
        Duration keepAliveInterval) {
    public DeviceSessionSettings {
        ports = List.copyOf(ports);
        if (keepAliveInterval.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "keep-alive interval " + keepAliveInterval + " (expected: at least PT1S)");
        }
    }

    /** Leaves the password out, so that it reaches no log. */
    @Override
    public String toString() {
        return "DeviceSessionSettings[version=" + version + ", ports=" + ports + "]";
    }
}
