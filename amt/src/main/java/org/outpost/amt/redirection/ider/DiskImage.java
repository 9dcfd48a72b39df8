package org.outpost.amt.redirection.ider;

import io.netty.buffer.ByteBuf;

import java.io.Closeable;
import java.io.IOException;

/** The bytes of a medium. Read by several threads, one at a time for each position. */
public interface DiskImage extends Closeable {
    /** Its size in bytes; a part of a block at the end is not served. */
    long size();

    /**
     * Fills the buffer's writable bytes from a position; may block.
     *
     * @throws IOException when they cannot all be read
     */
    void read(long position, ByteBuf into) throws IOException;
}
