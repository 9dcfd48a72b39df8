package org.outpost.server.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows in aligned columns. Where the terminal is too narrow, columns give way down to their least
 * width, the widest first; what still does not fit is left out from the right, and a line below
 * says so.
 */
final class Table {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** To which side the cells of a column lean. */
    enum Alignment {
        LEFT,
        RIGHT
    }

    /**
     * A column.
     *
     * @param title its head
     * @param alignment where its cells stand
     * @param least columns of the terminal that it keeps when room is short; a text longer than
     *     that may be cut
     */
    record Column(String title, Alignment alignment, int least) {
        /** A column of text that may be cut down to {@code least}. */
        static Column text(String title, int least) {
            return new Column(title, Alignment.LEFT, least);
        }

        /** A column of text that is shown whole or not at all. */
        static Column whole(String title) {
            return new Column(title, Alignment.LEFT, Integer.MAX_VALUE);
        }

        /** A column of numbers, shown whole or not at all. */
        static Column number(String title) {
            return new Column(title, Alignment.RIGHT, Integer.MAX_VALUE);
        }
    }

    Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row with one cell for each column. */
    void add(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "a row of " + cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells).stream().map(TerminalText::visible).toList());
    }

    /** Writes it, no line wider than {@code width} columns of the terminal. */
    void print(PrintWriter out, int width) {
        int shown = columns.size();
        int[] widths = widths(shown, width);
        while (shown > 1 && total(widths) > width) {
            shown--;
            widths = widths(shown, width);
        }
        List<String> titles = columns.stream().map(Column::title).toList();
        out.println(TerminalText.cut(line(titles, widths), width));
        for (List<String> row : rows) {
            out.println(TerminalText.cut(line(row, widths), width));
        }
        if (shown < columns.size()) {
            out.println(
                    titles.stream()
                            .skip(shown)
                            .collect(
                                    Collectors.joining(
                                            ", ", "(not shown in this narrow terminal: ", ")")));
        }
    }

    /** The widths of the first columns: as wide as their cells, or less where room is short. */
    private int[] widths(int shown, int width) {
        int[] widths = IntStream.range(0, shown).map(this::natural).toArray();
        int excess = total(widths) - width;
        int widest = widestThatGives(widths);
        while (excess > 0 && widest >= 0) {
            widths[widest]--;
            excess--;
            widest = widestThatGives(widths);
        }
        return widths;
    }

    private int natural(int column) {
        int widest = TerminalText.width(columns.get(column).title());
        for (List<String> row : rows) {
            widest = Math.max(widest, TerminalText.width(row.get(column)));
        }
        return widest;
    }

    private int widestThatGives(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            Column column = columns.get(i);
            int least = Math.max(column.least(), TerminalText.width(column.title()));
            if (widths[i] > least && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private static int total(int[] widths) {
        return IntStream.of(widths).sum() + GAP.length() * (widths.length - 1);
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = TerminalText.cut(cells.get(i), widths[i]);
            String padding = " ".repeat(widths[i] - TerminalText.width(cell));
            line.append(i == 0 ? "" : GAP);
            line.append(
                    columns.get(i).alignment() == Alignment.LEFT ? cell + padding : padding + cell);
        }
        return line.toString().stripTrailing();
    }
}
