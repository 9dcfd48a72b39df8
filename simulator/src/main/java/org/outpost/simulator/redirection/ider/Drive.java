package org.outpost.simulator.redirection.ider;

import org.outpost.simulator.machine.BootSource;

/** The two drives of a session. */
public enum Drive {
    /** Blocks of 512 bytes. */
    FLOPPY(0xA0, 512),
    /** Blocks of 2048 bytes. */
    CD(0xB0, 2048);

    private final int device;
    private final int blockSize;

    Drive(int device, int blockSize) {
        this.device = device;
        this.blockSize = blockSize;
    }

    /** The drive that a boot source means. */
    static Drive of(BootSource source) {
        return source == BootSource.REDIRECTED_FLOPPY ? FLOPPY : CD;
    }

    /** Byte in commands and answers; consoles look at bit 4 only, and repeat it. */
    int device() {
        return device;
    }

    /** Bytes of a block. */
    int blockSize() {
        return blockSize;
    }
}
