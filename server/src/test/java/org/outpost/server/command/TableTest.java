package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

class TableTest {
    @Test
    void alignsTextLeftAndNumbersRight() {
        assertThat(printed(TerminalSize.UNLIMITED))
                .isEqualTo(
                        """
                        ID  NAME                               GUID
                         1  pc-0001.a-long-domain.example.org  4c4c
                        22  pc-0002                            5d5d
                        """);
    }

    @Test
    void shortensTextWhereTheTerminalIsNarrow() {
        assertThat(printed(24))
                .isEqualTo(
                        """
                        ID  NAME            GUID
                         1  pc-0001.a-l...  4c4c
                        22  pc-0002         5d5d
                        """);
    }

    @Test
    void saysWhichColumnsItLeavesOut() {
        assertThat(printed(17))
                .isEqualTo(
                        """
                        ID  NAME
                         1  pc-0001.a-...
                        22  pc-0002
                        (not shown in this narrow terminal: GUID)
                        """);
    }

    @Test
    void showsControlCharactersAsText() {
        Table table = new Table(Table.Column.text("NAME", 4));
        table.add("a\u001bb");
        assertThat(print(table, 80)).isEqualTo("NAME\na\\u001bb\n");
    }

    @Property
    void noRowIsWiderThanTheTerminal(
            @ForAll String left,
            @ForAll String right,
            @ForAll @IntRange(min = 20, max = 90) int width) {
        Table table = new Table(Table.Column.text("A", 5), Table.Column.whole("B"));
        table.add(left, right);
        assertThat(print(table, width).lines().limit(2))
                .allMatch(line -> TerminalText.width(line) <= width);
    }

    private static String printed(int width) {
        Table table =
                new Table(
                        Table.Column.number("ID"),
                        Table.Column.text("NAME", 8),
                        Table.Column.whole("GUID"));
        table.add("1", "pc-0001.a-long-domain.example.org", "4c4c");
        table.add("22", "pc-0002", "5d5d");
        return print(table, width);
    }

    private static String print(Table table, int width) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        table.print(out, width);
        out.flush();
        return text.toString();
    }
}
