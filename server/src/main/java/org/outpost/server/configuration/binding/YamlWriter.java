package org.outpost.server.configuration.binding;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes settings as YAML that reads back to the same settings, but for secrets. */
public final class YamlWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._][A-Za-z0-9/._@-]*");

    private YamlWriter() {}

    /** The record as YAML, defaults included. */
    public static String write(Record settings) {
        StringBuilder out = new StringBuilder();
        fields(settings, "", out);
        return out.toString();
    }

    private static void fields(Record section, String indent, StringBuilder out) {
        Choice choice = section.getClass().getAnnotation(Choice.class);
        if (choice != null) {
            out.append(indent).append("type: ").append(choice.value()).append('\n');
        }
        for (RecordComponent component : section.getClass().getRecordComponents()) {
            Object value = get(component, section);
            if (value != null) {
                field(Names.key(component), Disguise.of(component, value), indent, out);
            }
        }
    }

    private static void field(String key, Object value, String indent, StringBuilder out) {
        out.append(indent).append(scalar(key)).append(':');
        switch (value) {
            case List<?> list when list.isEmpty() -> out.append(" []\n");
            case Map<?, ?> map when map.isEmpty() -> out.append(" {}\n");
            case List<?> list -> {
                out.append('\n');
                list.forEach(item -> item(item, indent + "  ", out));
            }
            case Map<?, ?> map -> {
                out.append('\n');
                map.forEach((name, item) -> field(name.toString(), item, indent + "  ", out));
            }
            case Record section when !Scalars.handles(section.getClass()) -> {
                out.append('\n');
                fields(section, indent + "  ", out);
            }
            default -> out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static void item(Object item, String indent, StringBuilder out) {
        if (item instanceof Record section && !Scalars.handles(section.getClass())) {
            StringBuilder fields = new StringBuilder();
            fields(section, indent + "  ", fields);
            out.append(indent).append("- ").append(fields.substring(indent.length() + 2));
        } else {
            out.append(indent).append("- ").append(scalar(item)).append('\n');
        }
    }

    private static String scalar(Object value) {
        String text = Scalars.write(value);
        boolean word = value instanceof String && text.matches("true|false|null|[0-9.]+");
        return PLAIN.matcher(text).matches() && !word
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    static @Nullable Object get(RecordComponent component, Record section) {
        try {
            return component.getAccessor().invoke(section);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
