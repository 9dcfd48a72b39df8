package org.outpost.access.audit;

/**
 * Texts as the trail can hold them: what is hashed must come back from every database as it went
 * in, and be the same in UTF-8.
 */
final class AuditText {
    private static final char REPLACEMENT = '\uFFFD';

    private AuditText() {}

    /**
     * Replaces NUL, which PostgreSQL does not take, and halves of surrogate pairs, which UTF-8 does
     * not have; cuts what is too long, with an ellipsis.
     *
     * @param most UTF-16 units, 1 or more
     */
    static String bounded(String text, int most) {
        String cut = text;
        if (text.length() > most) {
            int end = most - 1;
            cut =
                    text.substring(
                                    0,
                                    Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                            + '\u2026';
        }
        return isStorable(cut) ? cut : storable(cut);
    }

    private static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private static String storable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .map(
                        c ->
                                c == 0
                                                || (c >= Character.MIN_SURROGATE
                                                        && c <= Character.MAX_SURROGATE)
                                        ? REPLACEMENT
                                        : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
