package org.outpost.server.command;

import java.util.ArrayList;
import java.util.List;

/** Text in lines. */
final class Paragraph {
    private static final int WIDEST = 100;
    private static final int NARROWEST = 20;

    private Paragraph() {}

    /**
     * The text broken between words, into lines of at most {@code columns} and at most a hundred
     * columns, since longer lines are hard to read. A longer word stands alone, whole.
     */
    static List<String> of(String text, int columns) {
        int width = Math.max(NARROWEST, Math.min(columns, WIDEST));
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split(" +", -1)) {
            if (!line.isEmpty()
                    && TerminalText.width(line.toString()) + 1 + TerminalText.width(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
