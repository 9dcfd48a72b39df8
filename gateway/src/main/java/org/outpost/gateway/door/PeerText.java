package org.outpost.gateway.door;

/** Makes text that a peer sent harmless for logs and plain-text answers. */
public final class PeerText {
    private static final int LONGEST = 128;

    private PeerText() {}

    /**
     * Escapes all but printable ASCII as {@code \}{@code uXXXX} and cuts after 128 characters.
     *
     * @param text anything that came over a network
     */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        int end = Math.min(text.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7F && c != '\\') {
                safe.append(c);
            } else {
                safe.append(String.format("\\u%04x", (int) c));
            }
        }
        return end < text.length() ? safe.append("...").toString() : safe.toString();
    }
}
