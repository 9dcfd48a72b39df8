package org.outpost.amt.redirection.ider;

import io.netty.buffer.ByteBufUtil;

import org.outpost.amt.redirection.message.Octets;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** GET CONFIGURATION of the CD drive (redirection.md §3.4, MMC-3). */
final class CdConfiguration {
    private static final Map<Integer, String> FEATURES =
            new TreeMap<>(
                    Map.of(
                            0x0000, "0000030400080100", // profiles: CD-ROM
                            0x0001, "0001030400000002", // core: ATAPI
                            0x0002, "0002030400000000", // morphing
                            0x0003, "0003030429000002", // removable medium
                            0x0010, "001001080000080000010000", // random readable
                            0x001E, "001e0300", // CD read
                            0x0100, "01000300", // power management
                            0x0105, "01050300")); // time-out
    private static final String PROFILE = "00000008";
    private static final int ONLY_ONE = 2;

    private CdConfiguration() {}

    /**
     * The features.
     *
     * @param type 2 for the first one only, else that and all behind it
     * @param first number of the first feature
     * @param allocated most bytes that are wanted
     */
    static Octets features(int type, int first, int allocated) {
        StringBuilder features = new StringBuilder(PROFILE);
        FEATURES.forEach(
                (number, bytes) -> {
                    if (type == ONLY_ONE ? number == first : number >= first) {
                        features.append(bytes);
                    }
                });
        byte[] all = ByteBufUtil.decodeHexDump("%08x".formatted(features.length() / 2) + features);
        return Octets.of(Arrays.copyOf(all, Math.min(all.length, allocated)));
    }
}
