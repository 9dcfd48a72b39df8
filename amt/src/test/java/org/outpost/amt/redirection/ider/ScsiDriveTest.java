package org.outpost.amt.redirection.ider;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.Arrays;

class ScsiDriveTest {
    private static final long CD_SIZE = 2048L * 1000;
    private static final long FLOPPY_SIZE = 1_474_560;

    private final ScsiDrive cd = new ScsiDrive(DriveKind.CD, CD_SIZE);
    private final ScsiDrive floppy = new ScsiDrive(DriveKind.FLOPPY, FLOPPY_SIZE);
    private final ScsiDrive empty = new ScsiDrive(DriveKind.CD, 0);

    @Test
    void aNewMediumIsAnnouncedOnce() {
        assertThat(answer(cd, "00")).isEqualTo("06/28/00");
        assertThat(answer(cd, "00")).isEqualTo("good");
        assertThat(answer(empty, "00")).isEqualTo("02/3a/00");
    }

    @ParameterizedTest
    @CsvSource({
        "280000000000000001, read 0+2048",
        "280000000010000004, read 32768+8192",
        "2800000003e7000001, read 2045952+2048",
        "2800000003e7000002, 05/21/00",
        "280000000000000000, good",
        "2800ffffffff000001, 05/21/00",
        "080000100100, read 32768+2048",
        "080000100000, read 32768+524288",
        "0803ffff0100, 05/21/00",
    })
    void reads(String cdb, String expected) {
        assertThat(answer(cd, cdb)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0a, 07/27/00",
        "2a, 07/27/00",
        "2e, 07/27/00",
        "15, 05/20/00",
        "55, 05/20/00",
        "1a003f, 00058000",
        "1a0001, 05/24/00",
        "1e, good",
        "23, 05/20/00",
        "25, 000003e700000800",
        "43, 001201010014010000000000" + "0014aa0000000000",
        "4302, 001201010014010000000200" + "0014aa0000003413",
        "430001, 000a01010014010000000000",
        "43000000000000000040, 000a01010014010000000000",
        "430005, 05/24/00",
        "4a01000010, 00028000",
        "4a00000010, 05/26/01",
        "4a01000000, 05/26/01",
        "4c, 05/20/00",
        "51, 05/20/00",
        "ac, 05/20/00",
        "12, 05/20/00",
        "5a0001, 000e018000000000010600ff00000000",
        "5a001a, 00120180000000001a0a00000000000000000000",
        "5a003f, 0028018000000000010600ff000000002a180000000020000000008000000000000000000000000000"
                + "00",
        "5a0002, 05/20/00",
        "46020010000000ffff, 0000001000000008001001080000080000010000",
        "460000000000000008, 0000003c00000008",
    })
    void theCdAnswers(String cdb, String expected) {
        assertThat(answer(cd, cdb)).isEqualTo(expected);
    }

    @Test
    void allFeaturesOfTheCd() {
        assertThat(answer(cd, "46000000000000ffff"))
                .isEqualTo(
                        "0000003c00000008"
                                + "0000030400080100"
                                + "0001030400000002"
                                + "0002030400000000"
                                + "0003030429000002"
                                + "001001080000080000010000"
                                + "001e0300"
                                + "01000300"
                                + "01050300");
    }

    @ParameterizedTest
    @CsvSource({
        "23, 0000000800000b4002000200",
        "25, 00000b3f00000200",
        "43, 05/20/00",
        "46, 05/20/00",
        "1a003f, 00008000",
        "5a0001, 0012248000000000010a00010000000002000000",
        "5a0005, 0026248000000000051e04b0021202000050"
                + "00000000000000000000"
                + "280000000000000002d00000",
        "5a001a, 05/20/00",
    })
    void theFloppyAnswers(String cdb, String expected) {
        assertThat(answer(floppy, cdb)).isEqualTo(expected);
    }

    @Test
    void allPagesOfTheFloppyHaveTheLengthOfTheDocument() {
        String pages = answer(floppy, "5a003f");

        assertThat(pages).startsWith("005c2480").contains("0b06000000112431");
        assertThat(pages.length() / 2).isEqualTo(0x5C + 2);
    }

    @Test
    void aBigFloppyIsOfAnotherType() {
        ScsiDrive big = new ScsiDrive(DriveKind.FLOPPY, 512L * 246_528);

        assertThat(answer(big, "5a0005")).startsWith("00263180");
        assertThat(answer(big, "23")).isEqualTo("000000080003c30002000200");
    }

    @ParameterizedTest
    @CsvSource({"25", "280000000000000001", "2a", "43", "1a003f"})
    void anEmptyDriveSaysSo(String cdb) {
        assertThat(answer(empty, cdb)).isEqualTo("02/3a/00");
    }

    @Test
    void anEjectedMediumIsGone() {
        assertThat(answer(cd, "1b00000002")).isEqualTo("ejected");
        assertThat(answer(cd, "00")).isEqualTo("02/3a/00");
        assertThat(answer(cd, "4a01000010")).isEqualTo("00008000");
        assertThat(answer(cd, "1b00000001")).isEqualTo("good");
    }

    @Test
    void aPartOfABlockAtTheEndIsNotServed() {
        ScsiDrive odd = new ScsiDrive(DriveKind.CD, 2048L * 10 + 100);

        assertThat(answer(odd, "25")).isEqualTo("0000000900000800");
    }

    private static String answer(ScsiDrive drive, String hex) {
        byte[] cdb = Arrays.copyOf(ByteBufUtil.decodeHexDump(hex), 12);
        return switch (drive.answer(ByteBuffer.wrap(cdb))) {
            case ScsiAnswer.Good() -> "good";
            case ScsiAnswer.Ejected() -> "ejected";
            case ScsiAnswer.Check(int sense, int code, int qualifier) ->
                    "%02x/%02x/%02x".formatted(sense, code, qualifier);
            case ScsiAnswer.Data data -> ByteBufUtil.hexDump(data.bytes().toArray());
            case ScsiAnswer.Read(long position, long length) -> "read " + position + "+" + length;
        };
    }
}
