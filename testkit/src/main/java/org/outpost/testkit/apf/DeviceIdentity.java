package org.outpost.testkit.apf;

import java.util.List;
import java.util.UUID;

/**
 * Who a device peer says it is.
 *
 * @param uuid the system UUID of PROTOCOLVERSION
 * @param user the name of USERAUTH_REQUEST
 * @param password its password; never printed
 * @param name the address of each tcpip-forward: a host name or empty
 * @param ports the ports it announces, in this order
 */
public record DeviceIdentity(
        UUID uuid, String user, String password, String name, List<Integer> ports) {
    /** The ports firmware announces, in its order (apf.md 3.2). */
    public static final List<Integer> AMT_PORTS =
            List.of(16993, 16992, 664, 623, 16995, 16994, 5900);

    /** Copies the ports. */
    public DeviceIdentity {
        ports = List.copyOf(ports);
    }

    /** A device with the usual ports whose UUID follows from its number. */
    public static DeviceIdentity numbered(int number, String user, String password) {
        UUID uuid = new UUID(0x4c4c_4544_0000_1000L | number, 0x8000_0000_0000_0000L | number);
        return new DeviceIdentity(uuid, user, password, "amt-pc-" + number, AMT_PORTS);
    }

    @Override
    public String toString() {
        return "DeviceIdentity[uuid=%s, user=%s, name=%s, ports=%s]"
                .formatted(uuid, user, name, ports);
    }
}
