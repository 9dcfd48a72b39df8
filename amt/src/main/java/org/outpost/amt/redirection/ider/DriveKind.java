package org.outpost.amt.redirection.ider;

/** The two drives of a session. */
public enum DriveKind {
    /** A floppy, 1.44 MB or bigger; blocks of 512 bytes. */
    FLOPPY(0xA0, 512),
    /** A CD or DVD; blocks of 2048 bytes. */
    CD(0xB0, 2048);

    private final int device;
    private final int blockSize;

    DriveKind(int device, int blockSize) {
        this.device = device;
        this.blockSize = blockSize;
    }

    /** Byte that names the drive in answers. */
    int device() {
        return device;
    }

    /** Bytes of a block. */
    public int blockSize() {
        return blockSize;
    }
}
