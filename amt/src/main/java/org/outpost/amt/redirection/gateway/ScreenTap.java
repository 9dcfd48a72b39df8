package org.outpost.amt.redirection.gateway;

import io.netty.buffer.ByteBuf;

/** Sees what a host prints in a SOL session, on its way to the console; must not block. */
@FunctionalInterface
public interface ScreenTap {
    /** Sees nothing. */
    ScreenTap NONE = (bytes, index, length) -> {};

    /** Some bytes of the buffer; its indices and reference count are not the tap's. */
    void screen(ByteBuf bytes, int index, int length);
}
