package org.outpost.simulator.redirection.ider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads ISO 9660 and El Torito structures, each one block of 2048 bytes. */
final class ElTorito {
    /** Block of the primary volume descriptor. */
    static final int PRIMARY_VOLUME = 16;

    /** Block of the boot record. */
    static final int BOOT_RECORD = 17;

    private static final int VIRTUAL_SECTOR = 512;
    private static final int BLOCK = 2048;

    private ElTorito() {}

    /**
     * What the catalogue says to load.
     *
     * @param block where it begins
     * @param bytes how much, from 1
     * @param emulation 0 none, 1 to 3 a floppy of 1.2, 1.44, 2.88 MB, 4 a hard disk
     */
    record BootImage(long block, long bytes, int emulation) {
        long blocks() {
            return Math.ceilDiv(bytes, BLOCK);
        }
    }

    static String volumeLabel(byte[] block) throws IOException {
        require(block[0] == 1 && text(block, 1, 5).equals("CD001"), "no ISO 9660 volume");
        return text(block, 40, 32);
    }

    static long catalogue(byte[] block) throws IOException {
        require(
                block[0] == 0
                        && text(block, 1, 5).equals("CD001")
                        && text(block, 7, 23).equals("EL TORITO SPECIFICATION"),
                "the CD has no boot record");
        return little(block).getInt(0x47) & 0xFFFF_FFFFL;
    }

    static BootImage bootImage(byte[] block) throws IOException {
        ByteBuffer catalogue = little(block);
        require(
                block[0] == 1 && (block[30] & 0xFF) == 0x55 && (block[31] & 0xFF) == 0xAA,
                "the boot catalogue has no validation entry");
        int sum = 0;
        for (int at = 0; at < 32; at += 2) {
            sum += catalogue.getShort(at) & 0xFFFF;
        }
        require((sum & 0xFFFF) == 0, "the boot catalogue's checksum is wrong");
        require((block[32] & 0xFF) == 0x88, "the boot catalogue's first entry is not bootable");
        int emulation = block[33] & 0x0F;
        long sectors = Math.max(1, catalogue.getShort(38) & 0xFFFF);
        long bytes =
                switch (emulation) {
                    case 1 -> 1_228_800;
                    case 2 -> 1_474_560;
                    case 3 -> 2_949_120;
                    default -> sectors * VIRTUAL_SECTOR;
                };
        return new BootImage(catalogue.getInt(40) & 0xFFFF_FFFFL, bytes, emulation);
    }

    private static ByteBuffer little(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(byte[] block, int at, int length) {
        return new String(block, at, length, StandardCharsets.ISO_8859_1);
    }

    private static void require(boolean right, String otherwise) throws IOException {
        if (!right) {
            throw new IOException(otherwise);
        }
    }
}
