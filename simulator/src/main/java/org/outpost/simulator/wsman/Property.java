package org.outpost.simulator.wsman;

import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Value;

import java.util.ArrayList;
import java.util.List;

/**
 * A property that can be written, and what it may hold.
 *
 * @param name its name
 * @param type what kind of values it takes
 * @param least smallest number, or fewest characters
 * @param most largest number, or most characters
 * @param values most values: 1 unless it is an array
 */
public record Property(String name, Type type, long least, long most, int values) {
    /** Kinds of values. */
    public enum Type {
        TEXT,
        /** Taken, but never stored or shown. */
        SECRET,
        NUMBER,
        FLAG,
        /** Anything as it reads: a time, a reference. */
        ANY
    }

    /** A text of at most so many characters. */
    public static Property text(String name, int longest) {
        return new Property(name, Type.TEXT, 0, longest, 1);
    }

    /** Several texts of at most so many characters; none given means none. */
    public static Property texts(String name, int values, int longest) {
        return new Property(name, Type.TEXT, 0, longest, values);
    }

    /** A secret of so many characters, or an empty one. */
    public static Property secret(String name, int shortest, int longest) {
        return new Property(name, Type.SECRET, shortest, longest, 1);
    }

    /** A number. */
    public static Property number(String name, long least, long most) {
        return new Property(name, Type.NUMBER, least, most, 1);
    }

    /** Several numbers; none given means none. */
    public static Property numbers(String name, int values, long least, long most) {
        return new Property(name, Type.NUMBER, least, most, values);
    }

    /** A Boolean. */
    public static Property flag(String name) {
        return new Property(name, Type.FLAG, 0, 1, 1);
    }

    /** A time, a duration or a reference. */
    public static Property any(String name) {
        return new Property(name, Type.ANY, 0, 0, 1);
    }

    /** Takes the property over from what was given; one that was left out stays as it is. */
    void apply(XmlElement given, Instance.Builder instance) throws FaultException {
        List<XmlElement> elements =
                given.children().stream().filter(child -> child.name().equals(name)).toList();
        if (elements.isEmpty() && values == 1) {
            return;
        }
        if (elements.size() > values) {
            throw Arguments.invalid(name);
        }
        List<Value> checked = new ArrayList<>(elements.size());
        for (XmlElement element : elements) {
            checked.add(check(element));
        }
        if (type != Type.SECRET) {
            instance.set(name, checked);
        }
    }

    private Value check(XmlElement element) throws FaultException {
        String text = element.text();
        return switch (type) {
            case TEXT -> new Value.Text(limited(text));
            case SECRET -> new Value.Text(text.isEmpty() ? text : limited(text));
            case NUMBER -> new Value.Text(Long.toString(Arguments.number(name, text, least, most)));
            case FLAG -> new Value.Text(Boolean.toString(Arguments.flag(name, text)));
            case ANY -> element.value();
        };
    }

    private String limited(String text) throws FaultException {
        if (text.length() < least || text.length() > most) {
            throw Arguments.invalid(name);
        }
        return text;
    }
}
