package org.outpost.gateway.traffic;

/** Bytes of one connection to a device since it began. Never shrinks; read on any thread. */
public interface ByteCount {
    /** Bytes to the device. */
    long toDevice();

    /** Bytes from the device. */
    long fromDevice();
}
