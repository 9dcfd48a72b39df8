package org.outpost.amt.operation.explorer;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Plain Java values, as JSON has them, made into properties of instances and arguments of methods;
 * the way back is {@link org.outpost.amt.operation.PlainTree}. A text, a number or a truth value is
 * one element, a list is one for each of its values, and a map with {@code class} and {@code
 * selectors} is a reference to an instance. What is none of these is an {@link
 * IllegalArgumentException} in words for a person.
 */
final class PlainValues {
    private static final int MOST = 100;
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_TEXT = 1 << 16;

    private PlainValues() {}

    /** The elements of a property or an argument, in the namespace of a class. */
    static List<Element> elements(AmtClass type, String name, @Nullable Object value) {
        name(name);
        if (!(value instanceof List<?> list)) {
            return List.of(element(type, name, value));
        }
        if (list.size() > MOST) {
            throw new IllegalArgumentException(name + " has more than " + MOST + " values");
        }
        List<Element> elements = new ArrayList<>();
        for (Object one : list) {
            elements.add(element(type, name, one));
        }
        return elements;
    }

    private static Element element(AmtClass type, String name, @Nullable Object value) {
        return switch (value) {
            case String text -> Element.of(type.uri(), name, bounded(name, text));
            case Number number -> Element.of(type.uri(), name, number.toString());
            case Boolean truth -> Element.of(type.uri(), name, truth.toString());
            case Map<?, ?> reference -> reference(name, reference).as(type.uri(), name);
            case null, default ->
                    throw new IllegalArgumentException(
                            name
                                    + " must be a text, a number, a truth value, a list of them, or"
                                    + " a reference: an object with class and selectors");
        };
    }

    private static EndpointReference reference(String name, Map<?, ?> value) {
        if (value.get("class") instanceof String type
                && value.get("selectors") instanceof Map<?, ?> keys) {
            return EndpointReference.of(AmtClass.of(type), selectors(keys));
        }
        throw new IllegalArgumentException(
                name + " must have class and selectors, to be a reference to an instance");
    }

    /** Keys of an instance. */
    static Selectors selectors(Map<?, ?> keys) {
        if (keys.size() > MOST) {
            throw new IllegalArgumentException("an instance has at most " + MOST + " keys");
        }
        Selectors selectors = Selectors.NONE;
        for (Map.Entry<?, ?> key : keys.entrySet()) {
            String name = name(String.valueOf(key.getKey()));
            Object value = key.getValue();
            selectors =
                    value instanceof Map<?, ?> reference
                            ? selectors.and(name, reference(name, reference))
                            : selectors.and(name, bounded(name, scalar(name, value)));
        }
        return selectors;
    }

    private static String scalar(String name, @Nullable Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new IllegalArgumentException(
                "the key " + name + " must be a text, a number, a truth value or a reference");
    }

    /** A name that can be the name of an XML element, without a prefix. */
    static String name(String name) {
        boolean fine =
                !name.isEmpty()
                        && name.length() <= LONGEST_NAME
                        && !(name.charAt(0) >= '0' && name.charAt(0) <= '9')
                        && name.chars().allMatch(PlainValues::isOfName);
        if (!fine) {
            throw new IllegalArgumentException(
                    "names of methods, properties and arguments have up to "
                            + LONGEST_NAME
                            + " letters, digits and underscores, and begin with no digit");
        }
        return name;
    }

    private static boolean isOfName(int c) {
        return c == '_'
                || (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z');
    }

    private static String bounded(String name, String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    name + " has more than " + LONGEST_TEXT + " characters");
        }
        return text;
    }
}
