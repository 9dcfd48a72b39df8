package org.outpost.amt.redirection.ider;

import io.netty.buffer.ByteBufUtil;

import org.outpost.amt.redirection.message.Octets;

import java.nio.ByteBuffer;

/** One drive and what it answers (redirection.md §3.4); read only. */
final class ScsiDrive {
    private static final int MSF = 2;
    private static final int EJECT = 2;
    private static final int ALL_PAGES = 0x3F;

    private final DriveKind kind;
    private final long blocks;
    private boolean present;
    private boolean announced;

    /**
     * A drive.
     *
     * @param size bytes of its medium; 0 for an empty drive
     */
    ScsiDrive(DriveKind kind, long size) {
        this.kind = kind;
        this.blocks = size / kind.blockSize();
        this.present = blocks > 0;
    }

    DriveKind kind() {
        return kind;
    }

    /**
     * Answers a command.
     *
     * @param cdb twelve bytes, numbers big-endian
     */
    ScsiAnswer answer(ByteBuffer cdb) {
        int operation = cdb.get(0) & 0xFF;
        return switch (operation) {
            case 0x00 -> ready();
            case 0x08 -> {
                int count = cdb.get(4) & 0xFF;
                yield read(cdb.getInt(0) & 0x1F_FFFF, count == 0 ? 256 : count);
            }
            case 0x28 -> read(cdb.getInt(2) & 0xFFFF_FFFFL, cdb.getShort(7) & 0xFFFF);
            case 0x0A, 0x2A, 0x2E ->
                    present ? ScsiAnswer.Check.WRITE_PROTECTED : ScsiAnswer.Check.NO_MEDIUM;
            case 0x1A -> modeSense6(cdb.get(2) & 0x3F);
            case 0x1B -> startStop(cdb.get(4) & 3);
            case 0x1E -> new ScsiAnswer.Good();
            case 0x23 -> formatCapacities();
            case 0x25 -> capacity();
            case 0x43 -> toc(cdb);
            case 0x46 -> configuration(cdb);
            case 0x4A -> eventStatus(cdb);
            case 0x5A -> modeSense10(cdb.get(2) & 0x3F);
            default -> ScsiAnswer.Check.INVALID_COMMAND;
        };
    }

    private ScsiAnswer ready() {
        if (!present) {
            return ScsiAnswer.Check.NO_MEDIUM;
        }
        if (!announced) {
            announced = true;
            return ScsiAnswer.Check.MEDIUM_CHANGED;
        }
        return new ScsiAnswer.Good();
    }

    private ScsiAnswer read(long block, long count) {
        if (!present) {
            return ScsiAnswer.Check.NO_MEDIUM;
        }
        if (block + count > blocks) {
            return ScsiAnswer.Check.BEYOND_END;
        }
        return count == 0
                ? new ScsiAnswer.Good()
                : new ScsiAnswer.Read(block * kind.blockSize(), count * kind.blockSize());
    }

    private ScsiAnswer modeSense6(int page) {
        if (!present) {
            return ScsiAnswer.Check.NO_MEDIUM;
        }
        return page == ALL_PAGES
                ? data(kind == DriveKind.CD ? "00058000" : "00008000")
                : ScsiAnswer.Check.INVALID_FIELD;
    }

    private ScsiAnswer startStop(int action) {
        if (action == EJECT && present) {
            present = false;
            return new ScsiAnswer.Ejected();
        }
        return new ScsiAnswer.Good();
    }

    private ScsiAnswer formatCapacities() {
        if (kind == DriveKind.CD) {
            return ScsiAnswer.Check.INVALID_COMMAND;
        }
        return present
                ? data("00000008" + "%08x".formatted(blocks) + "02000200")
                : ScsiAnswer.Check.NO_MEDIUM;
    }

    private ScsiAnswer capacity() {
        return present
                ? data("%08x%08x".formatted(blocks - 1, kind.blockSize()))
                : ScsiAnswer.Check.NO_MEDIUM;
    }

    private ScsiAnswer toc(ByteBuffer cdb) {
        if (kind == DriveKind.FLOPPY) {
            return ScsiAnswer.Check.INVALID_COMMAND;
        }
        if (!present) {
            return ScsiAnswer.Check.NO_MEDIUM;
        }
        int format = cdb.get(2) & 7;
        if (format == 0) {
            format = (cdb.get(9) & 0xFF) >> 6; // where SFF-8020 has it
        }
        boolean msf = (cdb.get(1) & MSF) != 0;
        return switch (format) {
            case 0 ->
                    data(
                            msf
                                    ? "00120101" + "00140100" + "00000200" + "0014aa00" + "00003413"
                                    : "00120101"
                                            + "00140100"
                                            + "00000000"
                                            + "0014aa00"
                                            + "00000000");
            case 1 -> data("000a0101" + "00140100" + "00000000");
            default -> ScsiAnswer.Check.INVALID_FIELD;
        };
    }

    private ScsiAnswer configuration(ByteBuffer cdb) {
        return kind == DriveKind.FLOPPY
                ? ScsiAnswer.Check.INVALID_COMMAND
                : new ScsiAnswer.Data(
                        CdConfiguration.features(
                                cdb.get(1) & 3,
                                cdb.getShort(2) & 0xFFFF,
                                cdb.getShort(7) & 0xFFFF));
    }

    private ScsiAnswer eventStatus(ByteBuffer cdb) {
        boolean polled = (cdb.get(1) & 1) != 0;
        boolean media = (cdb.get(4) & 0x10) != 0;
        return polled && media
                ? data(present ? "00028000" : "00008000")
                : ScsiAnswer.Check.NOT_SUPPORTED_EVENT;
    }

    private ScsiAnswer modeSense10(int page) {
        return (kind == DriveKind.CD ? ModePages.cd(page) : ModePages.floppy(page, blocks))
                .<ScsiAnswer>map(ScsiAnswer.Data::new)
                .orElse(ScsiAnswer.Check.INVALID_COMMAND);
    }

    private static ScsiAnswer data(String hex) {
        return new ScsiAnswer.Data(Octets.of(ByteBufUtil.decodeHexDump(hex)));
    }
}
