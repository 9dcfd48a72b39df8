package org.outpost.server.configuration.binding;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** What a record of settings says about its keys: for overrides, and for the reference. */
public final class Schema {
    private Schema() {}

    /** The keys that hold values, with those that lead to them, in the order of the records. */
    static Set<String> paths(Class<?> type) {
        Set<String> paths = new LinkedHashSet<>();
        collect(type, "", paths);
        return Collections.unmodifiableSet(paths);
    }

    private static void collect(Class<?> type, String path, Set<String> paths) {
        for (RecordComponent component : type.getRecordComponents()) {
            String below = Names.below(path, Names.key(component));
            if (isSection(component.getType())) {
                collect(component.getType(), below, paths);
            } else {
                paths.add(below);
            }
        }
    }

    private static boolean isSection(Class<?> type) {
        return type.isRecord() && !Scalars.handles(type);
    }

    /** A reference of all keys in Markdown. */
    public static String reference(Class<?> type) {
        List<String> lines = new ArrayList<>();
        describe(type, "", lines);
        return String.join("\n", lines) + "\n";
    }

    private static void describe(Class<?> type, String path, List<String> lines) {
        lines.add("| key | takes | default | meaning |");
        lines.add("|---|---|---|---|");
        for (RecordComponent component : type.getRecordComponents()) {
            if (!isSection(component.getType())) {
                lines.add(row(component));
            }
        }
        if (lines.getLast().startsWith("|---")) {
            lines.removeLast();
            lines.removeLast();
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String below = Names.below(path, Names.key(component));
            if (isSection(component.getType())) {
                head(below, component.getAnnotation(Doc.class), lines);
                describe(component.getType(), below, lines);
            } else {
                items(component, below, lines);
            }
        }
    }

    private static void head(String path, @Nullable Doc doc, List<String> lines) {
        lines.add("");
        lines.add("### `" + path + "`");
        lines.add("");
        if (doc != null) {
            lines.add(doc.value());
            lines.add("");
        }
    }

    /** The records that a list of a key holds. */
    private static void items(RecordComponent component, String path, List<String> lines) {
        if (!(component.getGenericType() instanceof ParameterizedType list)
                || !(list.getActualTypeArguments()[0] instanceof Class<?> item)) {
            return;
        }
        if (isSection(item)) {
            head(path + "[]", item.getAnnotation(Doc.class), lines);
            describe(item, path + "[]", lines);
        } else if (item.isSealed() && !Scalars.handles(item)) {
            for (Class<?> choice : item.getPermittedSubclasses()) {
                head(
                        path + "[]` with `type: " + choice.getAnnotation(Choice.class).value(),
                        choice.getAnnotation(Doc.class),
                        lines);
                if (choice.getRecordComponents().length > 0) {
                    describe(choice, path + "[]", lines);
                }
            }
        }
    }

    private static String row(RecordComponent component) {
        Doc doc = component.getAnnotation(Doc.class);
        if (doc == null) {
            throw new IllegalStateException(component + " is not described");
        }
        Default value = component.getAnnotation(Default.class);
        String absent =
                component.getType() == List.class || component.getType() == Map.class
                        ? "none"
                        : Binder.isNullable(component) ? "–" : "must be written";
        return String.format(
                "| `%s` | %s | %s | %s |",
                Names.key(component),
                takes(component.getGenericType(), component),
                value == null ? absent : "`" + value.value() + "`",
                doc.value());
    }

    private static String takes(Type type, RecordComponent component) {
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            String item = takes(arguments[arguments.length - 1], component);
            return arguments.length == 1 ? "list of " + item : "section of " + item;
        }
        Class<?> plain = (Class<?>) type;
        Range range = component.getAnnotation(Range.class);
        if (plain.isEnum()) {
            StringJoiner words = new StringJoiner(", ");
            for (Object constant : plain.getEnumConstants()) {
                words.add("`" + Names.word((Enum<?>) constant) + "`");
            }
            return words.toString();
        }
        String name =
                switch (plain.getSimpleName()) {
                    case "int", "Integer" -> "number";
                    case "boolean" -> "`true`, `false`";
                    case "String" -> "text";
                    case "Duration" -> "duration";
                    case "Path" -> component.isAnnotationPresent(MustExist.class) ? "file" : "path";
                    case "InetAddress" -> "address";
                    case "Subnet" -> "address range";
                    case "AuthoritySource" -> "word or folder";
                    default -> "section";
                };
        return range == null ? name : name + " " + range(range, plain);
    }

    private static String range(Range range, Class<?> type) {
        return type == Duration.class
                ? Scalars.write(Duration.ofMillis(range.min()))
                        + " to "
                        + Scalars.write(Duration.ofMillis(range.max()))
                : range.min() + " to " + range.max();
    }
}
