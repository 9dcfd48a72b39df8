package org.outpost.simulator.redirection.kvm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import java.util.Arrays;
import java.util.Optional;

/** The pixel formats that AMT knows (redirection.md §4.2), and a colour of the desktop in them. */
enum PixelFormat {
    /** Two bytes, little-endian, red in the highest five bits. */
    RGB565(16, "10100001" + "001f003f001f" + "0b0500") {
        @Override
        int of(int rgb) {
            return (rgb >> 8 & 0xF800) | (rgb >> 5 & 0x07E0) | (rgb >> 3 & 0x1F);
        }
    },
    /** One byte: red, green, blue. */
    RGB332(8, "08080001" + "000700070003" + "050200") {
        @Override
        int of(int rgb) {
            return (rgb >> 16 & 0xE0) | (rgb >> 11 & 0x1C) | (rgb >> 6 & 0x03);
        }
    },
    /** One byte of grey. */
    GREY8(8, "08080001" + "00ff00000000" + "000000") {
        @Override
        int of(int rgb) {
            return grey(rgb);
        }
    },
    /** One byte of which four bits are grey. */
    GREY4(8, "08040001" + "000f00000000" + "000000") {
        @Override
        int of(int rgb) {
            return grey(rgb) >> 4;
        }
    };

    private static final int DESCRIBED = 13;
    private static final int PADDING = 3;
    private static final int BIG_ENDIAN = 2;

    private final int bits;
    private final String description;

    /**
     * A format.
     *
     * @param description bits, depth, big-endian, true colour, three maxima of two bytes, three
     *     shifts
     */
    PixelFormat(int bits, String description) {
        this.bits = bits;
        this.description = description;
    }

    /** The pixel of a colour given as 0xRRGGBB. */
    abstract int of(int rgb);

    private static int grey(int rgb) {
        return ((rgb >> 16 & 0xFF) * 77 + (rgb >> 8 & 0xFF) * 150 + (rgb & 0xFF) * 29) >> 8;
    }

    /** Appends a pixel. */
    void write(ByteBuf out, int pixel) {
        if (bits == 16) {
            out.writeShortLE(pixel);
        } else {
            out.writeByte(pixel);
        }
    }

    /** The sixteen bytes of ServerInit. */
    void describe(ByteBuf out) {
        out.writeBytes(ByteBufUtil.decodeHexDump(description)).writeZero(PADDING);
    }

    /** The format that sixteen bytes of SetPixelFormat describe; empty when AMT has none such. */
    static Optional<PixelFormat> read(ByteBuf in) {
        byte[] wanted = new byte[DESCRIBED];
        in.readBytes(wanted).skipBytes(PADDING);
        if (wanted[0] == 8) {
            wanted[BIG_ENDIAN] = 0; // a single byte has no order
        }
        String text = ByteBufUtil.hexDump(wanted);
        return Arrays.stream(values())
                .filter(format -> format.description.equals(text))
                .findFirst();
    }
}
