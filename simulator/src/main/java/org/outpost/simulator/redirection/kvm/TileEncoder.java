package org.outpost.simulator.redirection.kvm;

import io.netty.buffer.ByteBuf;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes tiles as RFB rectangles, raw or ZRLE. ZRLE comes in stored zlib blocks, as AMT often sends
 * it (redirection.md §4.2): one zlib stream for the session, whose header is in front of its first
 * block, one block for each tile.
 */
final class TileEncoder {
    /** Encoding number of raw pixels. */
    static final int RAW = 0;

    /** Encoding number of ZRLE. */
    static final int ZRLE = 16;

    private static final int ZLIB_HEADER = 0x7801;
    private static final int LARGEST_PALETTE = 16;

    private boolean streamBegun;

    void write(ByteBuf out, Canvas canvas, int tile, PixelFormat format, int encoding) {
        int x = canvas.tileX(tile);
        int y = canvas.tileY(tile);
        int width = canvas.tileWidth(tile);
        int height = canvas.tileHeight(tile);
        out.writeShort(x).writeShort(y).writeShort(width).writeShort(height).writeInt(encoding);
        int[] pixels = new int[width * height];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                pixels[row * width + column] = format.of(canvas.pixel(x + column, y + row));
            }
        }
        if (encoding == RAW) {
            raw(out, pixels, format);
        } else {
            zrle(out, pixels, width, format);
        }
    }

    private static void raw(ByteBuf out, int[] pixels, PixelFormat format) {
        for (int pixel : pixels) {
            format.write(out, pixel);
        }
    }

    private void zrle(ByteBuf out, int[] pixels, int width, PixelFormat format) {
        int lengthAt = out.writerIndex();
        out.writeInt(0);
        if (!streamBegun) {
            streamBegun = true;
            out.writeShort(ZLIB_HEADER);
        }
        int blockAt = out.writerIndex();
        out.writeByte(0).writeInt(0); // not the last block, stored
        int dataAt = out.writerIndex();
        tile(out, pixels, width, format);
        int size = out.writerIndex() - dataAt;
        out.setShortLE(blockAt + 1, size).setShortLE(blockAt + 3, ~size);
        out.setInt(lengthAt, out.writerIndex() - lengthAt - Integer.BYTES);
    }

    private static void tile(ByteBuf out, int[] pixels, int width, PixelFormat format) {
        Map<Integer, Integer> palette = palette(pixels);
        if (palette.size() == 1) {
            out.writeByte(1);
            format.write(out, pixels[0]);
        } else if (palette.size() <= LARGEST_PALETTE) {
            out.writeByte(palette.size());
            palette.keySet().forEach(colour -> format.write(out, colour));
            packed(out, pixels, width, palette);
        } else {
            out.writeByte(0);
            raw(out, pixels, format);
        }
    }

    private static Map<Integer, Integer> palette(int[] pixels) {
        Map<Integer, Integer> palette = new LinkedHashMap<>();
        for (int pixel : pixels) {
            palette.putIfAbsent(pixel, palette.size());
            if (palette.size() > LARGEST_PALETTE) {
                break;
            }
        }
        return palette;
    }

    /** One, two or four bits for a pixel, the first in the highest; each row begins a byte. */
    private static void packed(
            ByteBuf out, int[] pixels, int width, Map<Integer, Integer> palette) {
        int bits = palette.size() == 2 ? 1 : palette.size() <= 4 ? 2 : 4;
        for (int row = 0; row < pixels.length; row += width) {
            int collected = 0;
            int count = 0;
            for (int column = 0; column < width; column++) {
                int index = palette.getOrDefault(pixels[row + column], 0);
                collected = collected << bits | index;
                count += bits;
                if (count == 8) {
                    out.writeByte(collected);
                    collected = 0;
                    count = 0;
                }
            }
            if (count > 0) {
                out.writeByte(collected << (8 - count));
            }
        }
    }
}
