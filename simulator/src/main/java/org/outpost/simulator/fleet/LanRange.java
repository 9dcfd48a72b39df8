package org.outpost.simulator.fleet;

import io.netty.util.NetUtil;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * The IPv4 addresses on which devices listen: one each, in a row.
 *
 * @param first address of the first device, as a number
 * @param count how many there are, from 1
 */
public record LanRange(int first, int count) {
    /**
     * Reads an address.
     *
     * @param text dotted numbers
     * @param count how many addresses are needed
     * @throws IllegalArgumentException with a text for the user
     */
    public static LanRange parse(String text, int count) {
        if (!NetUtil.isValidIpV4Address(text)) {
            throw new IllegalArgumentException(
                    "an IPv4 address such as 127.1.0.1, not '" + text + '\'');
        }
        int first = ByteBuffer.wrap(NetUtil.createByteArrayFromIpAddressString(text)).getInt();
        LanRange range = new LanRange(first, count);
        if (network(first) != network(first + count - 1)) {
            throw new IllegalArgumentException(
                    count + " devices do not fit between " + text + " and the end of its network");
        }
        return range;
    }

    private static int network(int address) {
        return address >>> 24;
    }

    /** Whether only this machine can reach them. */
    public boolean isLoopback() {
        return network(first) == 127;
    }

    /** Address of a device, from 0 to {@code count} - 1. */
    public InetAddress address(int device) {
        try {
            return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(first + device).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
