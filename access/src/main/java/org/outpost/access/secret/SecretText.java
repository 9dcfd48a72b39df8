package org.outpost.access.secret;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A password in the clear, for as short a time as possible: whoever holds one closes it, which
 * wipes it. Never in a log: {@link #toString} does not show it. Not for use after it was closed.
 */
public final class SecretText implements AutoCloseable {
    /** What a UTF-16 unit takes at most in UTF-8. */
    private static final int MOST_BYTES = 3;

    private final char[] text;
    private volatile boolean closed;

    private SecretText(char[] text) {
        this.text = text;
    }

    /** Copies a password; the original stays the caller's to wipe. */
    public static SecretText of(char[] text) {
        return new SecretText(text.clone());
    }

    /** Takes a password that somebody else has as a string already. */
    public static SecretText of(String text) {
        return new SecretText(text.toCharArray());
    }

    /**
     * Lends the characters.
     *
     * @param use must not keep them
     * @throws IllegalStateException when this was closed
     */
    public <T extends @Nullable Object> T use(Function<char[], T> use) {
        if (closed) {
            throw new IllegalStateException("this secret was wiped already");
        }
        char[] lent = text.clone();
        try {
            return use.apply(lent);
        } finally {
            Arrays.fill(lent, '\0');
        }
    }

    /** How many characters it has. */
    public int length() {
        return text.length;
    }

    /**
     * As UTF-8; the caller wipes it.
     *
     * @throws IllegalArgumentException when it holds half a surrogate pair
     */
    byte[] utf8() {
        return use(
                chars -> {
                    byte[] room = new byte[chars.length * MOST_BYTES];
                    ByteBuffer out = ByteBuffer.wrap(room);
                    CoderResult result =
                            StandardCharsets.UTF_8
                                    .newEncoder()
                                    .encode(CharBuffer.wrap(chars), out, true);
                    byte[] bytes = Arrays.copyOf(room, out.position());
                    Arrays.fill(room, (byte) 0);
                    requireText(result);
                    return bytes;
                });
    }

    /**
     * Reads UTF-8, which stays the caller's to wipe.
     *
     * @throws IllegalArgumentException when it is none
     */
    static SecretText ofUtf8(ByteBuffer utf8) {
        char[] room = new char[utf8.remaining()];
        CharBuffer out = CharBuffer.wrap(room);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(utf8, out, true);
        char[] text = Arrays.copyOf(room, out.position());
        Arrays.fill(room, '\0');
        requireText(result);
        return new SecretText(text);
    }

    private static void requireText(CoderResult result) {
        if (result.isError()) {
            throw new IllegalArgumentException("the secret is no text");
        }
    }

    /** Wipes it. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(text, '\0');
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "SecretText[hidden]";
    }
}
