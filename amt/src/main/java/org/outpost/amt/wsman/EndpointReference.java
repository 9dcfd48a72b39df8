package org.outpost.amt.wsman;

import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Optional;

/**
 * Names one instance of a class.
 *
 * @param resource the ResourceURI of its class
 * @param selectors its keys
 */
public record EndpointReference(String resource, Selectors selectors) {
    /**
     * An instance of a class.
     *
     * @param type the class
     * @param selectors its keys
     */
    public static EndpointReference of(AmtClass type, Selectors selectors) {
        return new EndpointReference(type.uri(), selectors);
    }

    /** Reads a reference out of an element that holds Address and ReferenceParameters. */
    public static Optional<EndpointReference> read(Element element) {
        Element from = element.child("EndpointReference").orElse(element);
        return from.child("ReferenceParameters")
                .flatMap(
                        parameters ->
                                parameters
                                        .text("ResourceURI")
                                        .map(
                                                resource ->
                                                        new EndpointReference(
                                                                resource,
                                                                parameters
                                                                        .child("SelectorSet")
                                                                        .map(Selectors::read)
                                                                        .orElse(Selectors.NONE))));
    }

    /** The class name at the end of the ResourceURI. */
    public String className() {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }

    /** As the children of an element of that type. */
    List<Element> children() {
        return List.of(
                Element.of(Namespaces.ADDRESSING, "Address", Namespaces.ANONYMOUS),
                Element.of(
                        Namespaces.ADDRESSING,
                        "ReferenceParameters",
                        List.of(
                                Element.of(Namespaces.WSMAN, "ResourceURI", resource),
                                selectors.element())));
    }

    /**
     * As a property or an argument.
     *
     * @param namespace of the class whose property it is
     * @param property the name
     */
    public Element as(String namespace, String property) {
        return Element.of(namespace, property, children());
    }
}
