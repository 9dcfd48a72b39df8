package org.outpost.simulator.wsman;

/** Keeps what XML cannot hold out of what is written. */
final class Legal {
    private Legal() {}

    /** The text with a question mark for every character that XML 1.0 has not. */
    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isLegal(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        point ->
                                legal.appendCodePoint(
                                        point > 0xFFFF || isLegal((char) point) ? point : '?'));
        return legal.toString();
    }

    private static boolean isLegal(char letter) {
        return (letter >= ' ' && letter < 0xD800)
                || letter == '\t'
                || letter == '\n'
                || letter == '\r'
                || (letter >= 0xE000 && letter < 0xFFFE);
    }
}
