package org.outpost.simulator.firmware;

import org.outpost.simulator.identity.DeviceProfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What the PC is made of: the NUC of simulator.md §5, with serial numbers and addresses that follow
 * from who the device is.
 *
 * @param laptop whether it has Wi-Fi and a battery beside the wire
 * @param boardSerial serial number of the base board
 * @param memorySerials of the two memory modules
 * @param diskSerials of the two disks
 * @param ipAddress of the wired port
 * @param gateway of the wired port
 * @param wirelessMac of the wireless port; zeros without one
 */
public record Hardware(
        boolean laptop,
        String boardSerial,
        List<String> memorySerials,
        List<String> diskSerials,
        String ipAddress,
        String gateway,
        String wirelessMac) {
    /** The hardware of a device: always the same. */
    public static Hardware of(DeviceProfile profile) {
        SplittableRandom random = new SplittableRandom(profile.uuid().getLeastSignificantBits());
        boolean laptop = profile.index() % 2 == 0;
        int net = profile.index() / 250 % 250;
        return new Hardware(
                laptop,
                "KN" + hex(random, 10),
                List.of(hex(random, 8), hex(random, 8)),
                List.of("S4EW" + hex(random, 8), "S4GE" + hex(random, 8)),
                "192.168." + net + '.' + (2 + profile.index() % 250),
                "192.168." + net + ".1",
                laptop ? mac(random) : "00-00-00-00-00-00");
    }

    private static String hex(SplittableRandom random, int digits) {
        return String.format(Locale.ROOT, "%016X", random.nextLong()).substring(0, digits);
    }

    private static String mac(SplittableRandom random) {
        String digits = hex(random, 10).toLowerCase(Locale.ROOT);
        StringBuilder mac = new StringBuilder("02");
        for (int at = 0; at < digits.length(); at += 2) {
            mac.append('-').append(digits, at, at + 2);
        }
        return mac.toString();
    }

    /** The UUID in the order of SMBIOS: the first three groups reversed (wsman.md §3). */
    public static byte[] smbiosUuid(DeviceProfile profile) {
        long high = profile.uuid().getMostSignificantBits();
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (high >>> 32))
                .putShort((short) (high >>> 16))
                .putShort((short) high)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(profile.uuid().getLeastSignificantBits())
                .array();
    }
}
