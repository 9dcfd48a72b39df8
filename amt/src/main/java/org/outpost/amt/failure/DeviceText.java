package org.outpost.amt.failure;

/** Makes text that a device sent harmless for logs and for sentences. */
public final class DeviceText {
    private static final int LONGEST = 160;

    private DeviceText() {}

    /**
     * Escapes all but printable ASCII as {@code \}{@code uXXXX} and cuts after 160 characters.
     *
     * @param text anything that came from a device
     */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), LONGEST) + 3);
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
