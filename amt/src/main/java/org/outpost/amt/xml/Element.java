package org.outpost.amt.xml;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * An XML element with its order kept, and the way to read an instance of a CIM class: its
 * properties are its children. A property that is an array is several children of one name, and an
 * array with one value looks like a single value; {@link #texts} and {@link #all} do not care.
 *
 * <p>Properties are asked for by their local name, since firmware differs in how it uses
 * namespaces. Reading is lenient: what is absent, empty or no number is empty, so that one odd
 * value does not hide the others. Changes make a new element and keep what they do not know.
 *
 * @param name its name
 * @param attributes without namespace declarations, in their order
 * @param text its character data, stripped; empty when it has children
 * @param children its child elements, in their order
 */
public record Element(
        XmlName name, Map<XmlName, String> attributes, String text, List<Element> children) {
    private static final String NIL_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance";

    /** Copies what it is given. */
    public Element {
        // Map.copyOf would lose the order.
        attributes = attributes.isEmpty() ? Map.of() : ordered(attributes);
        children = List.copyOf(children);
    }

    private static Map<XmlName, String> ordered(Map<XmlName, String> attributes) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /**
     * An element with text.
     *
     * @param namespace its namespace
     * @param local its name
     * @param text its text
     */
    public static Element of(String namespace, String local, String text) {
        return new Element(new XmlName(namespace, local), Map.of(), text, List.of());
    }

    /**
     * An element with children.
     *
     * @param namespace its namespace
     * @param local its name
     * @param children its children
     */
    public static Element of(String namespace, String local, List<Element> children) {
        return new Element(new XmlName(namespace, local), Map.of(), "", children);
    }

    /**
     * The same with an attribute that has no namespace.
     *
     * @param local the attribute's name
     * @param value its value
     */
    public Element attribute(String local, String value) {
        Map<XmlName, String> more = new LinkedHashMap<>(attributes);
        more.put(new XmlName("", local), value);
        return new Element(name, more, text, children);
    }

    /** The local name. */
    public String local() {
        return name.local();
    }

    /** The children of that local name. */
    public List<Element> all(String local) {
        List<Element> found = new ArrayList<>();
        for (Element child : children) {
            if (child.local().equals(local)) {
                found.add(child);
            }
        }
        return found;
    }

    /** The first child of that local name. */
    public Optional<Element> child(String local) {
        for (Element child : children) {
            if (child.local().equals(local)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** The first element of that local name among all descendants, in document order. */
    public Optional<Element> find(String local) {
        for (Element child : children) {
            Optional<Element> found =
                    child.local().equals(local) ? Optional.of(child) : child.find(local);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The local names of the children, each once, in their order. */
    public Set<String> properties() {
        Set<String> names = new LinkedHashSet<>();
        children.forEach(child -> names.add(child.local()));
        return names;
    }

    /** The text of an attribute without a namespace. */
    public Optional<String> attribute(String local) {
        return Optional.ofNullable(attributes.get(new XmlName("", local)));
    }

    /** The property's text; empty when it is absent or nil, but present when it is empty text. */
    public Optional<String> text(String property) {
        return child(property).filter(child -> !child.nil()).map(Element::text);
    }

    /** The property's text, or nothing at all. */
    public String textOr(String property, String otherwise) {
        return text(property).orElse(otherwise);
    }

    /** Every value of the property, in order; an absent one has none. */
    public List<String> texts(String property) {
        return all(property).stream().filter(child -> !child.nil()).map(Element::text).toList();
    }

    /** The property as a whole number; empty when it is absent or no number. */
    public OptionalLong number(String property) {
        Optional<Long> value = text(property).flatMap(Element::parse);
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    /** The property as a number of 32 bits; empty when it is absent, no number, or larger. */
    public OptionalInt integer(String property) {
        OptionalLong value = number(property);
        return value.isPresent() && value.getAsLong() == (int) value.getAsLong()
                ? OptionalInt.of((int) value.getAsLong())
                : OptionalInt.empty();
    }

    /** Every number of the property, in order; what is no number is left out. */
    public List<Integer> integers(String property) {
        return texts(property).stream()
                .map(Element::parse)
                .flatMap(Optional::stream)
                .filter(value -> value == value.intValue())
                .map(Long::intValue)
                .toList();
    }

    /** The property as a truth value; empty when it is absent or neither true nor false. */
    public Optional<Boolean> flag(String property) {
        return text(property).flatMap(Element::truth);
    }

    /** Whether the property is there and true. */
    public boolean isTrue(String property) {
        return flag(property).orElse(false);
    }

    /** Every truth value of the property, in order. */
    public List<Boolean> flags(String property) {
        return texts(property).stream().map(Element::truth).flatMap(Optional::stream).toList();
    }

    /** The property's base64 as bytes; empty when it is absent or no base64. */
    public Optional<byte[]> bytes(String property) {
        return text(property).flatMap(Element::decode);
    }

    /** Every base64 value of the property; what is no base64 is left out. */
    public List<byte[]> allBytes(String property) {
        return texts(property).stream().map(Element::decode).flatMap(Optional::stream).toList();
    }

    /**
     * The property as a moment: its text, or that of its child {@code Datetime} (DMTF common), in
     * ISO 8601.
     */
    public Optional<Instant> moment(String property) {
        return child(property)
                .map(child -> child.text("Datetime").orElse(child.text()))
                .flatMap(Element::instant);
    }

    /** The same with the property's values replaced; where it was absent it is put in order. */
    public Element with(String property, String value) {
        return with(property, List.of(value));
    }

    /** The same with the property's number replaced. */
    public Element with(String property, long value) {
        return with(property, Long.toString(value));
    }

    /** The same with the property's truth value replaced. */
    public Element with(String property, boolean value) {
        return with(property, Boolean.toString(value));
    }

    /** The same with the array replaced; an empty list removes the property. */
    public Element with(String property, List<String> values) {
        return withElements(
                property,
                values.stream().map(value -> of(name.namespace(), property, value)).toList());
    }

    /** The same with the property's elements replaced. */
    public Element withElements(String property, List<Element> values) {
        List<Element> changed = new ArrayList<>(children.size() + values.size());
        boolean placed = values.isEmpty();
        for (Element child : children) {
            if (child.local().equals(property)) {
                if (!placed) {
                    changed.addAll(values);
                    placed = true;
                }
            } else {
                changed.add(child);
            }
        }
        if (!placed) {
            changed.addAll(place(changed, property), values);
        }
        return new Element(name, attributes, "", changed);
    }

    /** AMT orders properties by name (wsman.md section 2.3), and some firmware expects it. */
    private static int place(List<Element> children, String property) {
        int at = 0;
        while (at < children.size() && children.get(at).local().compareTo(property) < 0) {
            at++;
        }
        return at;
    }

    /** The same without the properties. */
    public Element without(Set<String> properties) {
        List<Element> left =
                children.stream().filter(child -> !properties.contains(child.local())).toList();
        return left.size() == children.size() ? this : new Element(name, attributes, text, left);
    }

    /** What a function makes of each child of that name. */
    public <T> List<T> map(String local, Function<Element, T> function) {
        return all(local).stream().map(function).toList();
    }

    /** About how much memory the tree takes, in bytes: to bound what is kept. */
    public long weight() {
        long weight = 96 + 2L * text.length() + 64L * attributes.size();
        for (Element child : children) {
            weight += child.weight();
        }
        return weight;
    }

    private boolean nil() {
        return "true".equals(attributes.get(new XmlName(NIL_NAMESPACE, "nil")));
    }

    private static Optional<Long> parse(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true", "True", "1" -> Optional.of(true);
            case "false", "False", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The name alone: text of devices belongs into no log unescaped. */
    @Override
    public String toString() {
        return "<" + name.local() + "> with " + children.size() + " children";
    }
}
