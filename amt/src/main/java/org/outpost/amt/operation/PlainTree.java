package org.outpost.amt.operation;

import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An instance as plain Java values, for answers in JSON: repeated properties become lists, texts
 * that are numbers or truth values become those, as clients of Open DMT's MPS expect.
 */
public final class PlainTree {
    private static final int MOST_DIGITS = 15;

    private PlainTree() {}

    /**
     * The properties of an instance by name, in the device's order.
     *
     * @param instance what was read
     * @return maps, lists, strings, Longs and Booleans
     */
    public static Map<String, Object> of(Element instance) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (String property : instance.properties()) {
            List<Object> values = new ArrayList<>();
            instance.all(property).forEach(child -> values.add(value(child)));
            tree.put(property, values.size() == 1 ? values.get(0) : values);
        }
        return tree;
    }

    private static Object value(Element element) {
        return element.children().isEmpty() ? scalar(element.text()) : of(element);
    }

    private static Object scalar(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> isNumber(text) ? (Object) Long.valueOf(text) : text;
        };
    }

    /** Leading zeros belong to serial numbers, and JSON's numbers end at 15 digits. */
    private static boolean isNumber(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - start;
        boolean number =
                digits > 0
                        && digits <= MOST_DIGITS
                        && text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
        return number && (digits == 1 || text.charAt(start) != '0');
    }
}
