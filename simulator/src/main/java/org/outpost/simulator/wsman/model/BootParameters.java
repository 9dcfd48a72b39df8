package org.outpost.simulator.wsman.model;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The parameters of a UEFI boot: items of vendor, type, length and value in little-endian order
 * (wsman.md §6, One Click Recovery).
 */
final class BootParameters {
    private static final int URI = 1;
    private static final int LONGEST_URI = 300;

    private BootParameters() {}

    /** The address to boot from; a remark for the screen when there is none. */
    static String address(String base64) {
        try {
            ByteBuffer items =
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64))
                            .order(ByteOrder.LITTLE_ENDIAN);
            while (items.hasRemaining()) {
                items.getShort(); // vendor
                int type = items.getShort();
                int length = items.getInt();
                if (length < 0 || length > items.remaining()) {
                    break;
                }
                byte[] value = new byte[length];
                items.get(value);
                if (type == URI && length <= LONGEST_URI) {
                    return new String(value, StandardCharsets.US_ASCII);
                }
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return "boot parameters cannot be read";
        }
        return "no address to boot from";
    }
}
