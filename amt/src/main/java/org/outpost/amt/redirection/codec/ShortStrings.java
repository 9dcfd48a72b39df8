package org.outpost.amt.redirection.codec;

import org.outpost.amt.redirection.message.Octets;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Strings of at most 255 bytes, each behind one byte that is its length (redirection.md, start).
 */
public final class ShortStrings {
    private static final int LONGEST = 255;

    private ShortStrings() {}

    /**
     * Puts strings one behind the other.
     *
     * @throws IllegalArgumentException when one is too long
     */
    public static Octets join(String... strings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String string : strings) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > LONGEST) {
                throw new IllegalArgumentException(
                        "a string of %d bytes (at most %d)".formatted(bytes.length, LONGEST));
            }
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        return Octets.of(out.toByteArray());
    }

    /**
     * Takes them apart again, to the last byte.
     *
     * @throws RedirectionProtocolException when a length points behind the end
     */
    public static List<String> split(Octets octets) {
        byte[] joined = octets.toArray();
        List<String> strings = new ArrayList<>();
        int at = 0;
        while (at < joined.length) {
            int length = joined[at] & 0xFF;
            at++;
            if (length > joined.length - at) {
                throw new RedirectionProtocolException("a string longer than its message");
            }
            strings.add(new String(joined, at, length, StandardCharsets.UTF_8));
            at += length;
        }
        return strings;
    }
}
