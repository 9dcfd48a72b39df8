package org.outpost.server.configuration.binding;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lists what was read, key by key, in the order of the reference. */
public final class EffectiveSettings {
    private final Map<String, Origin> origins;
    private final List<Setting> all = new ArrayList<>();

    private EffectiveSettings(Map<String, Origin> origins) {
        this.origins = origins;
    }

    /** All settings, defaults included. */
    public static List<Setting> of(Effective<? extends Record> effective) {
        EffectiveSettings listed = new EffectiveSettings(effective.origins());
        listed.section(effective.settings(), "", Change.RESTART);
        return List.copyOf(listed.all);
    }

    /**
     * Lists the keys of a section.
     *
     * @param change how the keys are changed that do not say so themselves
     */
    private void section(Record section, String path, Change change) {
        for (RecordComponent component : section.getClass().getRecordComponents()) {
            String below = Names.below(path, Names.key(component));
            Live live = component.getAnnotation(Live.class);
            Change own = live == null ? change : live.value();
            Object value = YamlWriter.get(component, section);
            if (value instanceof Record record && !Scalars.handles(record.getClass())) {
                section(record, below, own);
            } else if (value instanceof List<?> list
                    && !list.isEmpty()
                    && !Scalars.handles(item(component))) {
                for (int i = 0; i < list.size(); i++) {
                    item((Record) list.get(i), below + "[" + i + "]", own);
                }
            } else {
                boolean hidden = value != null && Disguise.hides(component, value);
                Object shown = value == null ? null : plain(Disguise.of(component, value));
                add(below, shown, hidden, meaning(component.getAnnotation(Doc.class)), own);
            }
        }
    }

    private static Class<?> item(RecordComponent component) {
        return (Class<?>)
                ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }

    private void item(Record item, String path, Change change) {
        Choice choice = item.getClass().getAnnotation(Choice.class);
        if (choice != null) {
            add(
                    path + ".type",
                    choice.value(),
                    false,
                    meaning(item.getClass().getAnnotation(Doc.class)),
                    change);
        }
        section(item, path, change);
    }

    private static String meaning(@Nullable Doc doc) {
        return doc == null ? "" : doc.value();
    }

    private void add(
            String path, @Nullable Object value, boolean hidden, String meaning, Change change) {
        Origin origin = origin(path);
        Setting.Source source = origin == null ? Setting.Source.DEFAULT : origin.kind();
        String place = source == Setting.Source.DEFAULT ? "" : origin(origin);
        all.add(new Setting(path, value, hidden, source, place, meaning, change));
    }

    private static String origin(@Nullable Origin origin) {
        return origin == null ? "" : origin.place();
    }

    private @Nullable Origin origin(String path) {
        Origin own = origins.get(path);
        // The type of an entry stands where the entry does.
        return own == null && path.endsWith("].type")
                ? origins.get(path.substring(0, path.lastIndexOf('.')))
                : own;
    }

    /** What JSON can tell. */
    private static Object plain(Object value) {
        return switch (value) {
            case Integer number -> number;
            case Boolean flag -> flag;
            case List<?> list -> list.stream().map(Scalars::write).toList();
            case Map<?, ?> map -> {
                Map<String, Object> texts = new TreeMap<>();
                map.forEach((name, item) -> texts.put(name.toString(), Scalars.write(item)));
                yield texts;
            }
            default -> Scalars.write(value);
        };
    }
}
