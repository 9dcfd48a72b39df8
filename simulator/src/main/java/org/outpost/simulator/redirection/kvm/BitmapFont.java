package org.outpost.simulator.redirection.kvm;

import java.util.HexFormat;

/**
 * Letters of 5 by 7 dots in cells of 8 by 12, drawn for this desktop; the printable part of ASCII.
 */
final class BitmapFont {
    /** Pixels of a cell across. */
    static final int WIDTH = 8;

    /** Pixels of a cell from top to bottom. */
    static final int HEIGHT = 12;

    private static final int ROWS = 7;
    private static final int ABOVE = 2;
    private static final byte[] DOTS =
            HexFormat.of()
                    .parseHex(
                            "00000000000000040404040400040a0a00000000000a0a1f0a1f0a0a040f140e051e04"
                                + "181902040813030c12140815120d040400000000000204080808040208040202020408"
                                + "0004150e1504000004041f040400000000000602040000001f00000000000000000c0c"
                                + "000102040810000e11131519110e040c040404040e0e11010204081f1f02040201110e"
                                + "02060a121f02021f101e0101110e0608101e11110e1f0102040808080e11110e11110e"
                                + "0e11110f01020c000c0c000c0c00000c0c000c04080204081008040200001f001f0000"
                                + "080402010204080e1101020400040e11010d15150e0e11111f1111111e11111e11111e"
                                + "0e11101010110e1c12111111121c1f10101e10101f1f10101e1010100e11101711110f"
                                + "1111111f1111110e04040404040e0702020202120c111214181412111010101010101f"
                                + "111b1515111111111119151311110e11111111110e1e11111e1010100e11111115120d"
                                + "1e11111e1412110f10100e01011e1f0404040404041111111111110e11111111110a04"
                                + "1111111515150a11110a040a11111111110a0404041f01020408101f0e08080808080e"
                                + "001008040201000e02020202020e040a11000000000000000000001f08040200000000"
                                + "00000e010f110f1010161911111e00000e1010110e01010d1311110f00000e111f100e"
                                + "0609081c080808000f11110f010e1010161911111104000c0404040e0200060202120c"
                                + "101012141814120c04040404040e00001a151511110000161911111100000e1111110e"
                                + "00001e111e101000000d130f01010000161910101000000e100e011e08081c08080906"
                                + "0000111111130d00001111110a040000111115150a0000110a040a11000011110f010e"
                                + "00001f0204081f02040408040402040404040404040804040204040800000815020000");

    private BitmapFont() {}

    /**
     * One row of a character's cell, its leftmost dot in bit 7; a box for what is not in the font.
     */
    static int row(char c, int row) {
        int at = row - ABOVE;
        if (at < 0 || at >= ROWS) {
            return 0;
        }
        if (c < ' ' || c > '~') {
            return at == 0 || at == ROWS - 1 ? 0x7C : 0x44;
        }
        return DOTS[(c - ' ') * ROWS + at] << 2;
    }
}
