package org.outpost.server.configuration.binding;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Value.Empty;
import org.outpost.server.configuration.binding.Value.Entry;
import org.outpost.server.configuration.binding.Value.Mapping;
import org.outpost.server.configuration.binding.Value.Scalar;
import org.outpost.server.configuration.binding.Value.Sequence;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes records of {@link Value}s. A component's key is its name with dashes; what it takes follows
 * from its type and from {@link Default}, {@link Range} and {@link MustExist}. A wrong value is
 * noted and replaced by null, so that all errors are found at once; the result is of use only when
 * none was noted.
 */
final class Binder {
    private final Scalars scalars;
    private final List<Problem> problems;
    private final Map<String, Origin> origins;

    /**
     * Prepares to bind.
     *
     * @param scalars converts single values
     * @param problems takes what is wrong
     * @param origins takes where each key was written
     */
    Binder(Scalars scalars, List<Problem> problems, Map<String, Origin> origins) {
        this.scalars = scalars;
        this.problems = problems;
        this.origins = origins;
    }

    /** Binds a section to a record. */
    @Nullable Object record(Value value, Class<?> type, String path, boolean isDefault) {
        Mapping mapping = section(value, path);
        if (mapping == null) {
            return null;
        }
        RecordComponent[] components = type.getRecordComponents();
        Set<String> keys =
                Stream.of(components)
                        .map(Names::key)
                        .collect(Collectors.toCollection(TreeSet::new));
        noteUnknown(mapping, keys, path);
        @Nullable Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        boolean whole = true;
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = component(components[i], mapping, path, isDefault);
            whole &= values[i] != null || isNullable(components[i]);
        }
        return whole ? construct(type, types, values) : null;
    }

    private @Nullable Mapping section(Value value, String path) {
        return switch (value) {
            case Mapping mapping -> mapping;
            case Empty empty -> Mapping.empty(empty.origin());
            default -> {
                note(value, path, "is a section, but " + value.kind() + " is written");
                yield null;
            }
        };
    }

    private void noteUnknown(Mapping mapping, Set<String> keys, String path) {
        mapping.entries()
                .forEach(
                        (key, entry) -> {
                            if (!keys.contains(key)) {
                                String hint =
                                        Nearest.to(key, keys)
                                                .map(near -> "; did you mean \"" + near + "\"?")
                                                .orElse("; known here: " + String.join(", ", keys));
                                problems.add(
                                        new Problem(
                                                entry.key(),
                                                Names.below(path, key),
                                                "unknown key" + hint));
                            }
                        });
    }

    private @Nullable Object component(
            RecordComponent component, Mapping mapping, String path, boolean isDefault) {
        String key = Names.key(component);
        String below = Names.below(path, key);
        Entry entry = mapping.entries().get(key);
        if (entry != null) {
            if (!isDefault) {
                origins.put(below, entry.key());
            }
            return value(component.getGenericType(), entry.value(), component, below, isDefault);
        }
        Default text = component.getAnnotation(Default.class);
        if (text != null) {
            Value written =
                    new YamlSource("default of " + below, false, problems).read(text.value());
            return value(component.getGenericType(), written, component, below, true);
        }
        Class<?> type = component.getType();
        if (type.isRecord() && !Scalars.handles(type)) {
            return record(Mapping.empty(mapping.origin()), type, below, true);
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (!isNullable(component)) {
            problems.add(new Problem(mapping.origin(), below, "is missing; write it"));
        }
        return null;
    }

    private @Nullable Object value(
            Type type, Value value, RecordComponent component, String path, boolean isDefault) {
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            return parameterized.getRawType() == List.class
                    ? list(arguments[0], value, component, path, isDefault)
                    : map(arguments[1], value, component, path, isDefault);
        }
        Class<?> plain = (Class<?>) type;
        if (Scalars.handles(plain)) {
            return scalar(plain, value, component, path, isDefault);
        }
        return plain.isSealed()
                ? choice(plain, value, path, isDefault)
                : record(value, plain, path, isDefault);
    }

    private @Nullable Object scalar(
            Class<?> type, Value value, RecordComponent component, String path, boolean isDefault) {
        if (!(value instanceof Scalar scalar)) {
            note(value, path, "takes one value, but " + value.kind() + " is written");
            return null;
        }
        try {
            Object converted =
                    scalars.convert(scalar, type, component.getAnnotation(Range.class), isDefault);
            if (component.isAnnotationPresent(MustExist.class)) {
                Scalars.mustExist((Path) converted);
            }
            return converted;
        } catch (Scalars.Unfit e) {
            note(value, path, e.advice());
            return null;
        }
    }

    private @Nullable List<Object> list(
            Type item, Value value, RecordComponent component, String path, boolean isDefault) {
        List<Value> items =
                switch (value) {
                    case Sequence sequence -> sequence.items();
                    case Empty _ -> List.of();
                    // One address need not be put into brackets.
                    case Scalar scalar when Scalars.handles((Class<?>) item) -> List.of(scalar);
                    default -> {
                        note(
                                value,
                                path,
                                "takes a list, but "
                                        + value.kind()
                                        + " is written; put it into [ ], or after a dash");
                        yield null;
                    }
                };
        if (items == null) {
            return null;
        }
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String below = path + "[" + i + "]";
            if (!isDefault) {
                origins.put(below, items.get(i).origin());
            }
            Object one = value(item, items.get(i), component, below, isDefault);
            if (one != null) {
                bound.add(one);
            }
        }
        return bound.size() == items.size() ? List.copyOf(bound) : null;
    }

    private @Nullable Map<String, Object> map(
            Type item, Value value, RecordComponent component, String path, boolean isDefault) {
        Mapping mapping = section(value, path);
        if (mapping == null) {
            return null;
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        mapping.entries()
                .forEach(
                        (key, entry) -> {
                            String below = Names.below(path, key);
                            if (!isDefault) {
                                origins.put(below, entry.key());
                            }
                            Object one = value(item, entry.value(), component, below, isDefault);
                            if (one != null) {
                                bound.put(key, one);
                            }
                        });
        return bound.size() == mapping.entries().size() ? Map.copyOf(bound) : null;
    }

    /** Binds a section whose key {@code type} says which record it is. */
    private @Nullable Object choice(Class<?> sealed, Value value, String path, boolean isDefault) {
        Mapping mapping = section(value, path);
        if (mapping == null) {
            return null;
        }
        Map<String, Class<?>> types = new LinkedHashMap<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            types.put(permitted.getAnnotation(Choice.class).value(), permitted);
        }
        String known = String.join(", ", types.keySet());
        Value chosen = mapping.get("type");
        if (!(chosen instanceof Scalar scalar)) {
            note(mapping, path, "\"type\" is missing; write one of: " + known);
            return null;
        }
        Class<?> type = types.get(scalar.text());
        Misnomer misnomer = sealed.getAnnotation(Misnomer.class);
        if (type == null && misnomer != null && misnomer.word().equals(scalar.text())) {
            note(scalar, Names.below(path, "type"), misnomer.advice());
            return null;
        }
        if (type == null) {
            note(
                    scalar,
                    Names.below(path, "type"),
                    scalar.kind() + " is not known; write one of: " + known);
            return null;
        }
        Mapping rest = new Mapping(new LinkedHashMap<>(mapping.entries()), mapping.origin());
        rest.entries().remove("type");
        return record(rest, type, path, isDefault);
    }

    static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Object construct(Class<?> type, Class<?>[] types, @Nullable Object[] values) {
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is not a record that can be made", e);
        }
    }

    private void note(Value value, String path, String reason) {
        problems.add(new Problem(value.origin(), path, reason));
    }
}
