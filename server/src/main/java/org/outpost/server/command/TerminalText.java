package org.outpost.server.command;

import java.util.Locale;

/** Text from devices and servers, made safe for a terminal. */
final class TerminalText {
    // Three dots rather than the one character: it shows in every locale.
    private static final String ELLIPSIS = "...";

    private TerminalText() {}

    /**
     * The text with everything that a terminal would obey or hide (control and format characters,
     * lone surrogates, line separators) written as {@code \}{@code uXXXX}: a device chooses its own
     * name, and must not choose what is on the operator's screen.
     */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        point -> {
                            if (isHarmless(point)) {
                                visible.appendCodePoint(point);
                            } else {
                                visible.append(String.format(Locale.ROOT, "\\u%04x", point));
                            }
                        });
        return visible.toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    /** How many columns the text takes. */
    static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The text when it fits into that many columns, else its beginning and an ellipsis. */
    static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        if (columns <= ELLIPSIS.length()) {
            return ELLIPSIS.substring(0, columns);
        }
        return text.substring(0, text.offsetByCodePoints(0, columns - ELLIPSIS.length()))
                + ELLIPSIS;
    }
}
