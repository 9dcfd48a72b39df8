package org.outpost.access.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Blocks of PEM (RFC 7468). Text outside of blocks is passed over, as that document has it. */
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String TAIL = "-----";

    private Pem() {}

    /** A block; its bytes may be a secret. */
    static final class Block {
        private final String label;
        private final byte[] bytes;

        Block(String label, byte[] bytes) {
            this.label = label;
            this.bytes = bytes;
        }

        String label() {
            return label;
        }

        byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return "Block[" + label + "]";
        }
    }

    /**
     * Reads all blocks.
     *
     * @throws IllegalArgumentException naming the line that is wrong
     */
    static List<Block> read(String text) {
        List<Block> blocks = new ArrayList<>();
        String label = "";
        StringBuilder body = new StringBuilder();
        int number = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.startsWith(BEGIN) && line.endsWith(TAIL)) {
                if (!label.isEmpty()) {
                    throw new IllegalArgumentException(
                            "line " + number + ": the block before it does not end");
                }
                label = line.substring(BEGIN.length(), line.length() - TAIL.length());
                body.setLength(0);
            } else if (line.startsWith(END)) {
                if (label.isEmpty() || !line.equals(END + label + TAIL)) {
                    throw new IllegalArgumentException(
                            "line " + number + ": the end of a block that did not begin");
                }
                blocks.add(new Block(label, decoded(body.toString(), number)));
                label = "";
            } else if (!label.isEmpty()) {
                body.append(line);
            }
        }
        if (!label.isEmpty()) {
            throw new IllegalArgumentException("the block " + label + " does not end");
        }
        return blocks;
    }

    private static byte[] decoded(String body, int line) {
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "line " + line + ": the block that ends here is no Base64", e);
        }
    }

    static String write(String label, byte[] bytes) {
        byte[] separator = {'\n'};
        String body =
                new String(
                        Base64.getMimeEncoder(64, separator).encode(bytes),
                        StandardCharsets.US_ASCII);
        return BEGIN + label + TAIL + '\n' + body + '\n' + END + label + TAIL + '\n';
    }
}
