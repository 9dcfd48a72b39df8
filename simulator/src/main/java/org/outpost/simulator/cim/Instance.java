package org.outpost.simulator.cim;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An instance of a CIM class: properties in alphabetical order, as AMT writes them (wsman.md §2.3).
 */
public final class Instance {
    private final String className;
    private final SortedMap<String, List<Value>> properties;

    private Instance(String className, SortedMap<String, List<Value>> properties) {
        this.className = className;
        this.properties = properties;
    }

    /** A new instance of a class. */
    public static Builder of(String className) {
        return new Builder(className, new TreeMap<>());
    }

    /** A new service, access point or the like, with the four keys that those have. */
    public static Builder inEngine(String className, String name) {
        return inSystem(className, name, CimNames.ENGINE);
    }

    /** The same in one of the two systems. */
    public static Builder inSystem(String className, String name, String system) {
        return of(className)
                .set("CreationClassName", className)
                .set("Name", name)
                .set("SystemCreationClassName", "CIM_ComputerSystem")
                .set("SystemName", system);
    }

    /** Name of the class. */
    public String className() {
        return className;
    }

    /** All properties, in alphabetical order; arrays have several values. */
    public SortedMap<String, List<Value>> properties() {
        return Collections.unmodifiableSortedMap(properties);
    }

    /** Whether it has that property. */
    public boolean has(String name) {
        return properties.containsKey(name);
    }

    /** The values of a property; none when it is not there. */
    public List<Value> all(String name) {
        return properties.getOrDefault(name, List.of());
    }

    /** The text of a property; empty when it is not there or no text. */
    public String text(String name) {
        List<Value> values = all(name);
        if (values.isEmpty()) {
            return "";
        }
        return switch (values.getFirst()) {
            case Value.Text(String text) -> text;
            case Value.Datetime(String text) -> text;
            case Value.Interval(String text) -> text;
            case Value.Link ignored -> "";
        };
    }

    /** Whether a property is {@code true}. */
    public boolean flag(String name) {
        return text(name).equals("true");
    }

    /** A property's number. */
    public long number(String name) {
        return Long.parseLong(text(name));
    }

    /** The instance that a property leads to. */
    public Optional<Reference> link(String name) {
        return all(name).stream()
                .filter(Value.Link.class::isInstance)
                .map(value -> ((Value.Link) value).reference())
                .findFirst();
    }

    /** A reference to this instance by these keys. */
    public Reference reference(List<String> keys) {
        Map<String, Value> selectors = new LinkedHashMap<>();
        for (String key : keys) {
            List<Value> values = all(key);
            if (!values.isEmpty()) {
                selectors.put(key, values.getFirst());
            }
        }
        return new Reference(className, selectors);
    }

    /** A copy to be changed. */
    public Builder but() {
        return new Builder(className, new TreeMap<>(properties));
    }

    @Override
    public String toString() {
        return className + properties.keySet();
    }

    /** Collects the properties of an instance. */
    public static final class Builder {
        private final String className;
        private final SortedMap<String, List<Value>> properties;

        private Builder(String className, SortedMap<String, List<Value>> properties) {
            this.className = className;
            this.properties = properties;
        }

        /** A property with these values; without any it goes. */
        public Builder set(String name, Object... values) {
            return set(name, Arrays.stream(values).map(Value::of).toList());
        }

        /** A property with these values; without any it goes. */
        public Builder set(String name, List<Value> values) {
            if (values.isEmpty()) {
                properties.remove(name);
            } else {
                properties.put(name, List.copyOf(values));
            }
            return this;
        }

        /** A point in time, to the second. */
        public Builder time(String name, Instant time) {
            return set(
                    name,
                    List.of(new Value.Datetime(time.truncatedTo(ChronoUnit.SECONDS).toString())));
        }

        /** Some elements that many classes have: what it is called. */
        public Builder named(String elementName) {
            return set("ElementName", elementName);
        }

        /** The instance as collected. */
        public Instance build() {
            return new Instance(className, new TreeMap<>(properties));
        }
    }
}
