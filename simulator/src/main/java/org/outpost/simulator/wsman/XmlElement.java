package org.outpost.simulator.wsman;

import org.outpost.simulator.cim.CimNames;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.cim.Value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element of a request that was read: its size was limited before.
 *
 * @param namespace its namespace; empty for none
 * @param name its local name
 * @param attribute value of its attribute {@code Name}, {@code Mode} or {@code Dialect}; empty for
 *     none
 * @param text its text, without white space around it; empty when it has children
 * @param children its child elements, in order
 */
public record XmlElement(
        String namespace, String name, String attribute, String text, List<XmlElement> children) {
    public XmlElement {
        children = List.copyOf(children);
    }

    /** The first child with that local name. */
    public Optional<XmlElement> child(String localName) {
        return children.stream().filter(child -> child.name.equals(localName)).findFirst();
    }

    /** The first element with that local name below this one, at any depth. */
    public Optional<XmlElement> find(String localName) {
        for (XmlElement child : children) {
            if (child.name.equals(localName)) {
                return Optional.of(child);
            }
            Optional<XmlElement> deeper = child.find(localName);
            if (deeper.isPresent()) {
                return deeper;
            }
        }
        return Optional.empty();
    }

    /** Text of the first child with that local name; empty when there is none. */
    public String childText(String localName) {
        return child(localName).map(XmlElement::text).orElse("");
    }

    /**
     * The endpoint reference that this element is or holds. Its address is not looked at (wsman.md
     * §2.3).
     */
    public Optional<Reference> reference() {
        Optional<XmlElement> wrapped = child("EndpointReference");
        if (wrapped.isPresent()) {
            return wrapped.get().reference();
        }
        return child("ReferenceParameters")
                .filter(parameters -> parameters.child("ResourceURI").isPresent())
                .map(
                        parameters ->
                                new Reference(
                                        CimNames.className(parameters.childText("ResourceURI")),
                                        parameters
                                                .child("SelectorSet")
                                                .map(XmlElement::selectors)
                                                .orElse(Map.of())));
    }

    /** The selectors in a selector set: texts or references, by name. */
    public Map<String, Value> selectors() {
        Map<String, Value> selectors = new LinkedHashMap<>();
        for (XmlElement child : children) {
            if (child.name.equals("Selector")) {
                selectors.put(child.attribute, child.value());
            }
        }
        return selectors;
    }

    /** What it says, as the value of a property. */
    public Value value() {
        Optional<Reference> reference = reference();
        if (reference.isPresent()) {
            return new Value.Link(reference.get());
        }
        Optional<XmlElement> time = child("Datetime");
        if (time.isPresent()) {
            return new Value.Datetime(time.get().text());
        }
        return child("Interval")
                .<Value>map(interval -> new Value.Interval(interval.text()))
                .orElseGet(() -> new Value.Text(text));
    }
}
