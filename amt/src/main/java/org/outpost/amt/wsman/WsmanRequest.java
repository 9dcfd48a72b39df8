package org.outpost.amt.wsman;

import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Optional;

/**
 * A request, before it has an identifier (wsman.md sections 2.2 and 2.3).
 *
 * @param action the WS-Addressing action; empty for Identify, which has no addressing header
 * @param resource the ResourceURI
 * @param selectors the instance
 * @param extras more header elements
 * @param body the element in the body; empty for none
 * @param what class and operation, for sentences
 * @param repeatable whether sending it twice does no harm
 */
public record WsmanRequest(
        String action,
        String resource,
        Selectors selectors,
        List<Element> extras,
        Optional<Element> body,
        String what,
        boolean repeatable) {
    /** Copies the extras. */
    public WsmanRequest {
        extras = List.copyOf(extras);
    }

    private static WsmanRequest transfer(
            String operation, AmtClass type, Selectors selectors, Optional<Element> body) {
        return new WsmanRequest(
                Namespaces.TRANSFER + '/' + operation,
                type.uri(),
                selectors,
                List.of(),
                body,
                type.name() + ' ' + operation,
                operation.equals("Get"));
    }

    /** Reads one instance. */
    public static WsmanRequest get(AmtClass type, Selectors selectors) {
        return transfer("Get", type, selectors, Optional.empty());
    }

    /** Replaces one instance by what was read and changed. */
    public static WsmanRequest put(AmtClass type, Selectors selectors, Element instance) {
        return transfer("Put", type, selectors, Optional.of(instance));
    }

    /** Makes an instance. */
    public static WsmanRequest create(AmtClass type, Element instance) {
        return transfer("Create", type, Selectors.NONE, Optional.of(instance));
    }

    /** Removes one instance. */
    public static WsmanRequest delete(AmtClass type, Selectors selectors) {
        return transfer("Delete", type, selectors, Optional.empty());
    }

    private static WsmanRequest enumeration(String operation, AmtClass type, List<Element> inside) {
        return new WsmanRequest(
                Namespaces.ENUMERATION + '/' + operation,
                type.uri(),
                Selectors.NONE,
                List.of(),
                Optional.of(Element.of(Namespaces.ENUMERATION, operation, inside)),
                type.name() + ' ' + operation,
                true);
    }

    /** Begins to list the instances of a class. */
    public static WsmanRequest enumerate(AmtClass type) {
        return enumeration("Enumerate", type, List.of());
    }

    /** Takes more of a list. */
    public static WsmanRequest pull(AmtClass type, String context, int elements, int characters) {
        return enumeration(
                "Pull",
                type,
                List.of(
                        context(context),
                        Element.of(
                                Namespaces.ENUMERATION, "MaxElements", Integer.toString(elements)),
                        Element.of(
                                Namespaces.ENUMERATION,
                                "MaxCharacters",
                                Integer.toString(characters))));
    }

    /** Gives a list up. */
    public static WsmanRequest release(AmtClass type, String context) {
        return enumeration("Release", type, List.of(context(context)));
    }

    private static Element context(String context) {
        return Element.of(Namespaces.ENUMERATION, "EnumerationContext", context);
    }

    /** Calls a method. */
    public static WsmanRequest invoke(Invocation call) {
        String uri = call.type().uri();
        return new WsmanRequest(
                uri + '/' + call.method(),
                uri,
                call.selectors(),
                List.of(),
                Optional.of(Element.of(uri, call.method() + "_INPUT", call.arguments())),
                call.what(),
                call.readOnly());
    }

    /** Asks for events (wsman.md section 11.2). */
    public static WsmanRequest subscribe(Subscription subscription) {
        return new WsmanRequest(
                Namespaces.EVENTING + "/Subscribe",
                Subscription.COLLECTION.uri(),
                Selectors.of("InstanceID", subscription.filter()),
                subscription.header(),
                Optional.of(subscription.body()),
                "Subscribe",
                false);
    }

    /** Asks for no more events. */
    public static WsmanRequest unsubscribe(Selectors subscription) {
        return new WsmanRequest(
                Namespaces.EVENTING + "/Unsubscribe",
                AmtClass.of("CIM_FilterCollectionSubscription").uri(),
                subscription,
                List.of(),
                Optional.of(Element.of(Namespaces.EVENTING, "Unsubscribe", List.of())),
                "Unsubscribe",
                false);
    }

    /** Asks what the device is. */
    public static WsmanRequest identify() {
        return new WsmanRequest(
                "",
                "",
                Selectors.NONE,
                List.of(),
                Optional.of(Element.of(Namespaces.IDENTITY, "Identify", List.of())),
                "Identify",
                true);
    }

    /** What is asked for, without values. */
    @Override
    public String toString() {
        return what;
    }
}
