package org.outpost.amt.wsman;

import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.List;

/**
 * A call of a method of a class, with its arguments in their order.
 *
 * @param type the class
 * @param method the method's name
 * @param selectors the instance; none for the only one
 * @param arguments its input, as elements in the class's namespace
 * @param readOnly whether it changes nothing: it may be sent again, joined with another, and kept
 */
public record Invocation(
        AmtClass type,
        String method,
        Selectors selectors,
        List<Element> arguments,
        boolean readOnly) {
    /** Copies the arguments. */
    public Invocation {
        arguments = List.copyOf(arguments);
    }

    /**
     * A method that changes something.
     *
     * @param type the class
     * @param method the method's name
     */
    public static Invocation of(AmtClass type, String method) {
        return new Invocation(type, method, Selectors.NONE, List.of(), false);
    }

    /**
     * A method that changes nothing.
     *
     * @param type the class
     * @param method the method's name
     */
    public static Invocation reading(AmtClass type, String method) {
        return new Invocation(type, method, Selectors.NONE, List.of(), true);
    }

    /** The same on one instance. */
    public Invocation on(Selectors instance) {
        return new Invocation(type, method, instance, arguments, readOnly);
    }

    /** The same with one more argument. */
    public Invocation with(String name, String value) {
        return with(Element.of(type.uri(), name, value));
    }

    /** The same with one more argument. */
    public Invocation with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /** The same with one more argument. */
    public Invocation with(String name, boolean value) {
        return with(name, Boolean.toString(value));
    }

    /** The same with one more argument, a reference. */
    public Invocation with(String name, EndpointReference value) {
        return with(value.as(type.uri(), name));
    }

    /** The same with one more argument. */
    public Invocation with(Element argument) {
        List<Element> more = new ArrayList<>(arguments);
        more.add(argument);
        return new Invocation(type, method, selectors, more, readOnly);
    }

    /** Class and method, for sentences and logs. */
    public String what() {
        return type.name() + '.' + method;
    }

    /** Without the arguments, which may be secret. */
    @Override
    public String toString() {
        return what();
    }
}
