package org.outpost.amt.redirection.ider;

import io.netty.buffer.ByteBufUtil;

import org.outpost.amt.redirection.message.Octets;

import java.util.Optional;

/**
 * MODE SENSE(10) data (redirection.md §3.4): a header of eight bytes and a page. The values are
 * those that deployed consoles serve, firmware having been made to fit them.
 */
final class ModePages {
    private static final String CD_HEADER = "0180" + "00000000";
    private static final String CD_ERRORS = "010600ff" + "00000000";
    private static final String CD_CAPABILITIES =
            "2a180000" + "00002000" + "00000080" + "00".repeat(14);
    private static final String FLOPPY_ERRORS = "010a0001" + "00000000" + "02000000";
    private static final String FLOPPY_FORMAT =
            "031600a0" + "00000000" + "00120200" + "00000000" + "0000a000" + "0000";
    private static final String FLOPPY_END = "080a" + "00".repeat(10) + "0b06000000" + "112431";
    // motor times and 720 rotations per minute
    private static final String FLOPPY_MOTOR = "00".repeat(10) + "28" + "00".repeat(7) + "02d00000";
    private static final String GEOMETRY_144 = "051e04b0" + "02120200" + "0050";
    private static final String GEOMETRY_LS120 = "051e10a9" + "08200200" + "03c3";
    private static final long LARGEST_144 = 2880;

    private ModePages() {}

    static Optional<Octets> cd(int page) {
        return switch (page) {
            case 0x01 -> data(CD_HEADER, CD_ERRORS);
            case 0x1A -> data(CD_HEADER, "1a0a" + "00".repeat(10));
            case 0x1B -> data(CD_HEADER, "1b0a" + "00".repeat(10));
            case 0x1D -> data(CD_HEADER, "1d0a" + "00".repeat(10));
            case 0x2A -> data(CD_HEADER, CD_CAPABILITIES);
            case 0x3F -> data(CD_HEADER, CD_ERRORS + CD_CAPABILITIES);
            default -> Optional.empty();
        };
    }

    static Optional<Octets> floppy(int page, long blocks) {
        boolean small = blocks <= LARGEST_144;
        String header = (small ? "2480" : "3180") + "00000000";
        String geometry = (small ? GEOMETRY_144 : GEOMETRY_LS120) + FLOPPY_MOTOR;
        return switch (page) {
            case 0x01 -> data(header, FLOPPY_ERRORS);
            case 0x05 -> data(header, geometry);
            case 0x3F -> data(header, FLOPPY_ERRORS + FLOPPY_FORMAT + geometry + FLOPPY_END);
            default -> Optional.empty();
        };
    }

    /** The length does not count its own two bytes. */
    private static Optional<Octets> data(String header, String pages) {
        String rest = header + pages;
        String all = "%04x".formatted(rest.length() / 2) + rest;
        return Optional.of(Octets.of(ByteBufUtil.decodeHexDump(all)));
    }
}
