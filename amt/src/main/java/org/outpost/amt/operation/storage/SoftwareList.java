package org.outpost.amt.operation.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What is installed on a PC, as its flash keeps it: UTF-8 text with a line for each program, its
 * name, version and vendor with a tab between them. Outpost writes it gzipped, whose checksum tells
 * a list that was written to the end from one that was not; what other programs wrote may be plain
 * text, which ends at the first byte 00 or FF.
 *
 * @param items in their order; at most {@value #MOST}
 */
public record SoftwareList(List<Item> items) {
    /** No PC has more programs; an image of Debian with everything in it has some 5,000. */
    public static final int MOST = 20_000;

    /** The longest name, version or vendor, in characters. */
    public static final int LONGEST = 200;

    private static final int LARGEST_TEXT = 4 << 20;
    private static final int GZIP_1 = 0x1F;
    private static final int GZIP_2 = 0x8B;
    private static final int ERASED = 0xFF;

    /**
     * A program.
     *
     * @param name not blank
     * @param version as its maker writes it; may be empty
     * @param vendor who made it; may be empty
     */
    public record Item(String name, String version, String vendor) {
        /** Checks that it fits into a line, and takes spaces at the ends away. */
        public Item {
            name = checked(name);
            version = checked(version);
            vendor = checked(vendor);
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a program needs a name");
            }
        }

        private static String checked(String text) {
            if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "name, version and vendor of a program have at most "
                                + LONGEST
                                + " characters each, none of them a control character");
            }
            return text.strip();
        }

        private String line() {
            return name + '\t' + version + '\t' + vendor + '\n';
        }

        /** What a line says, made safe to show whoever wrote it; empty without a name. */
        private static Optional<Item> read(String line) {
            String[] parts = line.split("\t", -1);
            String name = safe(parts[0]);
            return name.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Item(
                                    name,
                                    parts.length > 1 ? safe(parts[1]) : "",
                                    parts.length > 2 ? safe(parts[2]) : ""));
        }

        private static String safe(String text) {
            StringBuilder kept = new StringBuilder();
            text.strip()
                    .codePoints()
                    .filter(c -> !Character.isISOControl(c))
                    .takeWhile(c -> kept.length() + Character.charCount(c) <= LONGEST)
                    .forEach(kept::appendCodePoint);
            return kept.toString().strip();
        }
    }

    /** Takes a copy. */
    public SoftwareList {
        if (items.size() > MOST) {
            throw new IllegalArgumentException("a list has at most " + MOST + " programs");
        }
        items = List.copyOf(items);
    }

    /** Packed, for a block. The same items give the same bytes. */
    public byte[] encode() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            for (Item item : items) {
                out.write(item.line().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /**
     * Reads a block; what follows the list in it is left out.
     *
     * @throws IOException when the list was not written to its end, or is longer than any list is
     */
    public static SoftwareList decode(byte[] block) throws IOException {
        String text =
                isPacked(block)
                        ? unpacked(block)
                        : new String(block, 0, textEnd(block), StandardCharsets.UTF_8);
        List<Item> items =
                text.lines().map(Item::read).flatMap(Optional::stream).limit(MOST + 1L).toList();
        if (items.size() > MOST) {
            throw new IOException("it has more than " + MOST + " programs");
        }
        return new SoftwareList(items);
    }

    private static boolean isPacked(byte[] block) {
        return block.length > 2
                && Byte.toUnsignedInt(block[0]) == GZIP_1
                && Byte.toUnsignedInt(block[1]) == GZIP_2;
    }

    private static String unpacked(byte[] block) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(block))) {
            byte[] text = in.readNBytes(LARGEST_TEXT + 1);
            if (text.length > LARGEST_TEXT) {
                throw new IOException("it is longer than " + LARGEST_TEXT + " bytes");
            }
            return new String(text, StandardCharsets.UTF_8);
        }
    }

    private static int textEnd(byte[] block) {
        int end = 0;
        while (end < block.length && block[end] != 0 && Byte.toUnsignedInt(block[end]) != ERASED) {
            end++;
        }
        return end;
    }
}
