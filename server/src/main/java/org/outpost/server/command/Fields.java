package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What is known of one thing, a line for each. */
final class Fields {
    private final List<Field> fields = new ArrayList<>();

    private record Field(String name, String value) {}

    /** Adds a line; a value that is not known shows as a dash. */
    void add(String name, @Nullable String value) {
        String shown = value == null || value.isEmpty() ? "-" : TerminalText.visible(value);
        fields.add(new Field(name, shown));
    }

    /** Writes them, the values below one another. */
    void print(PrintWriter out) {
        int width = fields.stream().mapToInt(field -> field.name().length()).max().orElse(0);
        for (Field field : fields) {
            out.println(
                    field.name()
                            + " ".repeat(width - field.name().length())
                            + "  "
                            + field.value());
        }
    }
}
