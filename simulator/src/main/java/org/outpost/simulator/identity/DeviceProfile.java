package org.outpost.simulator.identity;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Who a device is. Two processes with the same seed make the same profiles.
 *
 * @param index number in the fleet, from 1
 * @param uuid system UUID, as in PROTOCOLVERSION and on the web page
 * @param hostName host name, such as {@code pc-0007}
 * @param fqdn host name with domain; announced with each port, and the common name of its
 *     certificate
 * @param generation firmware generation
 * @param version firmware version
 * @param digestRealm realm of its digest sign-in: {@code Digest:} and 32 upper-case hexadecimal
 *     digits (wsman.md §1.1)
 * @param serialNumber serial number of the chassis
 * @param macAddress with dashes, as AMT writes it
 * @param trigger why it calls in
 * @param keepAlive time between two keep-alive requests before the server asks for another
 * @param power what the PC around it is doing
 */
public record DeviceProfile(
        int index,
        UUID uuid,
        String hostName,
        String fqdn,
        Generation generation,
        AmtVersion version,
        String digestRealm,
        String serialNumber,
        String macAddress,
        Trigger trigger,
        Duration keepAlive,
        PowerState power) {

    /** The ports it announces, in that order. */
    public List<Integer> ports() {
        return generation.ports();
    }
}
