package org.outpost.apf.codec;

/**
 * Lengths above which a message is refused before its bytes are awaited (apf.md section 2.2).
 *
 * @param maxString bytes in any string, 1 to 65535
 * @param maxData bytes in one CHANNEL_DATA
 * @param maxDatagram bytes in one udp-send-to
 */
public record ApfLimits(int maxString, int maxData, int maxDatagram) {
    /** 2048-byte strings, 1 MiB of data, the largest UDP datagram. */
    public static final ApfLimits DEFAULT = new ApfLimits(2048, 1 << 20, 65507);
}
