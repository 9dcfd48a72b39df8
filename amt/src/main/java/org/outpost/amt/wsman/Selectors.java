package org.outpost.amt.wsman;

import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that name one instance of a class. A value is text, or itself a reference (the keys of
 * associations).
 */
public final class Selectors {
    /** No keys: the only instance of a class. */
    public static final Selectors NONE = new Selectors(Map.of());

    private final Map<String, Value> values;

    private Selectors(Map<String, Value> values) {
        this.values = values;
    }

    private sealed interface Value {
        record Text(String text) implements Value {}

        record Reference(EndpointReference reference) implements Value {}
    }

    /**
     * One key.
     *
     * @param name of the property
     * @param value its value
     */
    public static Selectors of(String name, String value) {
        return NONE.and(name, value);
    }

    /**
     * These and one more.
     *
     * @param name of the property
     * @param value its value
     */
    public Selectors and(String name, String value) {
        return and(name, new Value.Text(value));
    }

    /**
     * These and one more that is a reference.
     *
     * @param name of the property
     * @param value the instance it leads to
     */
    public Selectors and(String name, EndpointReference value) {
        return and(name, new Value.Reference(value));
    }

    private Selectors and(String name, Value value) {
        Map<String, Value> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Selectors(Collections.unmodifiableMap(more));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The text of a key; empty when there is none, or it is a reference. */
    public Optional<String> text(String name) {
        return values.get(name) instanceof Value.Text text
                ? Optional.of(text.text())
                : Optional.empty();
    }

    /** The reference of a key; empty when there is none, or it is text. */
    public Optional<EndpointReference> reference(String name) {
        return values.get(name) instanceof Value.Reference reference
                ? Optional.of(reference.reference())
                : Optional.empty();
    }

    static Selectors read(Element set) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Element selector : set.all("Selector")) {
            String name = selector.attribute("Name").orElse("");
            Value value =
                    selector.child("EndpointReference")
                            .flatMap(EndpointReference::read)
                            .<Value>map(Value.Reference::new)
                            .orElseGet(() -> new Value.Text(selector.text()));
            values.put(name, value);
        }
        return new Selectors(Collections.unmodifiableMap(values));
    }

    Element element() {
        List<Element> selectors = new ArrayList<>(values.size());
        values.forEach((name, value) -> selectors.add(element(value).attribute("Name", name)));
        return Element.of(Namespaces.WSMAN, "SelectorSet", selectors);
    }

    private static Element element(Value value) {
        return switch (value) {
            case Value.Text text -> Element.of(Namespaces.WSMAN, "Selector", text.text());
            case Value.Reference reference ->
                    Element.of(
                            Namespaces.WSMAN,
                            "Selector",
                            List.of(
                                    reference
                                            .reference()
                                            .as(Namespaces.ADDRESSING, "EndpointReference")));
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selectors selectors && values.equals(selectors.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The names alone. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
