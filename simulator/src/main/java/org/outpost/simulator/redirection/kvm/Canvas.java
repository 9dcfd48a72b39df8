package org.outpost.simulator.redirection.kvm;

import java.util.Arrays;

/** A picture of 0xRRGGBB pixels that knows which of its tiles have changed. */
final class Canvas {
    /** Tiles are at most this wide and high (redirection.md §4.2). */
    static final int TILE = 64;

    private final int width;
    private final int height;
    private final int[] pixels;
    private final boolean[] dirty;
    private final int tilesAcross;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.pixels = new int[width * height];
        this.tilesAcross = Math.ceilDiv(width, TILE);
        this.dirty = new boolean[tilesAcross * Math.ceilDiv(height, TILE)];
        Arrays.fill(dirty, true);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Takes over a picture of the same size. */
    void become(Canvas other) {
        for (int y = 0; y < height; y++) {
            int from = y * width;
            if (!Arrays.equals(pixels, from, from + width, other.pixels, from, from + width)) {
                for (int x = 0; x < width; x++) {
                    set(x, y, other.pixels[from + x]);
                }
            }
        }
    }

    int pixel(int x, int y) {
        return pixels[y * width + x];
    }

    void set(int x, int y, int rgb) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
            return;
        }
        int at = y * width + x;
        if (pixels[at] != rgb) {
            pixels[at] = rgb;
            dirty[y / TILE * tilesAcross + x / TILE] = true;
        }
    }

    void fill(int x, int y, int w, int h, int rgb) {
        for (int row = y; row < y + h; row++) {
            for (int column = x; column < x + w; column++) {
                set(column, row, rgb);
            }
        }
    }

    /** Draws text, eight pixels to a character. */
    void text(int x, int y, String text, int ink, int paper) {
        for (int i = 0; i < text.length(); i++) {
            for (int row = 0; row < BitmapFont.HEIGHT; row++) {
                int bits = BitmapFont.row(text.charAt(i), row);
                for (int column = 0; column < BitmapFont.WIDTH; column++) {
                    boolean on = (bits >> (BitmapFont.WIDTH - 1 - column) & 1) != 0;
                    set(x + i * BitmapFont.WIDTH + column, y + row, on ? ink : paper);
                }
            }
        }
    }

    int tiles() {
        return dirty.length;
    }

    boolean isDirty(int tile) {
        return dirty[tile];
    }

    boolean isDirty() {
        for (boolean one : dirty) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    void clean(int tile) {
        dirty[tile] = false;
    }

    void touchAll() {
        Arrays.fill(dirty, true);
    }

    int tileX(int tile) {
        return tile % tilesAcross * TILE;
    }

    int tileY(int tile) {
        return tile / tilesAcross * TILE;
    }

    int tileWidth(int tile) {
        return Math.min(TILE, width - tileX(tile));
    }

    int tileHeight(int tile) {
        return Math.min(TILE, height - tileY(tile));
    }
}
