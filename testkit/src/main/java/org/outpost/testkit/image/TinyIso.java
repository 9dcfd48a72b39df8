package org.outpost.testkit.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Writes an ISO 9660 image with an El Torito boot image, and floppies; just enough for a BIOS. */
public final class TinyIso {
    /** Bytes of a block of a CD. */
    public static final int BLOCK = 2048;

    private static final int CATALOGUE = 20;
    private static final int IMAGE = 30;

    private TinyIso() {}

    /** Bytes that depend on the seed only. */
    public static byte[] bootImage(int virtualSectors, long seed) {
        byte[] image = new byte[virtualSectors * 512];
        new Random(seed).nextBytes(image);
        return image;
    }

    /**
     * A CD that boots.
     *
     * @param label of the volume, at most 32 letters
     * @param bootImage of whole sectors of 512 bytes; lies in block 30
     * @param blocks of 2048 bytes
     */
    public static byte[] write(String label, byte[] bootImage, int blocks) {
        byte[] iso = new byte[blocks * BLOCK];
        ByteBuffer out = ByteBuffer.wrap(iso).order(ByteOrder.LITTLE_ENDIAN);
        out.put(16 * BLOCK, (byte) 1);
        text(out, 16 * BLOCK + 1, "CD001\u0001");
        text(out, 16 * BLOCK + 40, (label + " ".repeat(32)).substring(0, 32));
        text(out, 17 * BLOCK + 1, "CD001\u0001EL TORITO SPECIFICATION");
        out.putInt(17 * BLOCK + 0x47, CATALOGUE);
        out.put(18 * BLOCK, (byte) 255);
        text(out, 18 * BLOCK + 1, "CD001\u0001");
        int entry = CATALOGUE * BLOCK;
        out.put(entry, (byte) 1);
        out.putShort(entry + 30, (short) 0xAA55);
        int sum = 0;
        for (int at = 0; at < 32; at += 2) {
            sum += out.getShort(entry + at) & 0xFFFF;
        }
        out.putShort(entry + 28, (short) -sum);
        out.put(entry + 32, (byte) 0x88);
        out.putShort(entry + 38, (short) (bootImage.length / 512));
        out.putInt(entry + 40, IMAGE);
        System.arraycopy(bootImage, 0, iso, IMAGE * BLOCK, bootImage.length);
        return iso;
    }

    /** A floppy of 1.44 MB that boots, with the label "RESCUE". */
    public static byte[] floppy(long seed) {
        byte[] floppy = new byte[2880 * 512];
        new Random(seed).nextBytes(floppy);
        ByteBuffer out = ByteBuffer.wrap(floppy).order(ByteOrder.LITTLE_ENDIAN);
        text(out, 43, "RESCUE     ");
        out.putShort(510, (short) 0xAA55);
        return floppy;
    }

    private static void text(ByteBuffer out, int at, String text) {
        out.put(at, text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
