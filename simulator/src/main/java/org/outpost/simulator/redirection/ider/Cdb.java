package org.outpost.simulator.redirection.ider;

import java.nio.ByteBuffer;

/** Command blocks of SCSI, twelve bytes, numbers big-endian (redirection.md §3.4). */
final class Cdb {
    private Cdb() {}

    static byte[] testUnitReady() {
        return of(0x00).array();
    }

    static byte[] readCapacity() {
        return of(0x25).array();
    }

    static byte[] modeSense10(int page) {
        return of(0x5A).put(2, (byte) page).putShort(7, (short) 192).array();
    }

    static byte[] readToc() {
        return of(0x43).putShort(7, (short) 20).array();
    }

    static byte[] read10(long block, int count) {
        return of(0x28).putInt(2, (int) block).putShort(7, (short) count).array();
    }

    static byte[] write10(long block, int count) {
        return of(0x2A).putInt(2, (int) block).putShort(7, (short) count).array();
    }

    private static ByteBuffer of(int operation) {
        return ByteBuffer.allocate(12).put(0, (byte) operation);
    }
}
