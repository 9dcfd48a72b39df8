package org.outpost.inventory.notification.delivery;

/** Text for XML 1.0, which cannot hold every character, not even escaped. */
final class XmlText {
    private XmlText() {}

    /** The text, with a question mark for each character that XML cannot hold (XML 1.0 §2.2). */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        character -> clean.appendCodePoint(isAllowed(character) ? character : '?'));
        return clean.toString();
    }

    private static boolean isAllowed(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
