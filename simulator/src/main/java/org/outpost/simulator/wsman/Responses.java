package org.outpost.simulator.wsman;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.cim.CimNames;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.cim.Value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.xml.stream.XMLStreamException;

/** The envelopes that a device answers with (wsman.md §2.3 to §2.5). */
final class Responses {
    /** Modes of an enumeration. */
    enum Mode {
        OBJECTS,
        REFERENCES,
        BOTH
    }

    private long messages;

    /** The answer to Identify, which has no addressing headers. */
    static ByteBuf identify(String productVersion) {
        return XmlOutput.envelope(
                Map.of("c", Wsman.IDENTITY),
                xml -> {
                    xml.open(Wsman.SOAP, "Header");
                    xml.close();
                    xml.open(Wsman.SOAP, "Body");
                    xml.open(Wsman.IDENTITY, "IdentifyResponse");
                    xml.element(Wsman.IDENTITY, "ProtocolVersion", Wsman.MANAGEMENT);
                    xml.element(Wsman.IDENTITY, "ProductVendor", "Intel(r)");
                    xml.element(Wsman.IDENTITY, "ProductVersion", productVersion);
                    xml.open(Wsman.IDENTITY, "SecurityProfiles");
                    xml.element(Wsman.IDENTITY, "SecurityProfileName", Wsman.DIGEST_PROFILE);
                });
    }

    ByteBuf fault(WsmanFault fault, String detail, @Nullable String relatesTo) {
        Map<String, String> namespaces = new LinkedHashMap<>();
        namespaces.put("b", Wsman.ADDRESSING);
        namespaces.put("c", Wsman.ENUMERATION);
        namespaces.put("d", Wsman.TRANSFER);
        namespaces.put("e", Wsman.MANAGEMENT);
        namespaces.put("f", Wsman.EVENTING);
        String messageId = nextMessageId();
        return XmlOutput.envelope(
                namespaces,
                xml -> {
                    header(xml, fault.action(), relatesTo, messageId, null);
                    xml.open(Wsman.SOAP, "Body");
                    faultBody(xml, fault, detail);
                });
    }

    private static void faultBody(XmlOutput xml, WsmanFault fault, String detail)
            throws XMLStreamException {
        xml.open(Wsman.SOAP, "Fault");
        xml.open(Wsman.SOAP, "Code");
        xml.element(Wsman.SOAP, "Value", "a:" + fault.code());
        String namespace = fault.subcodeNamespace();
        if (namespace != null) {
            xml.open(Wsman.SOAP, "Subcode");
            xml.element(Wsman.SOAP, "Value", xml.prefix(namespace) + ':' + fault.subcode());
            xml.close();
        }
        xml.close();
        xml.open(Wsman.SOAP, "Reason");
        xml.open(Wsman.SOAP, "Text");
        xml.attribute("xml:lang", "en-US");
        xml.text(fault.reason());
        xml.close();
        xml.close();
        xml.open(Wsman.SOAP, "Detail");
        if (fault.detail() != null) {
            xml.element(Wsman.MANAGEMENT, "FaultDetail", Wsman.FAULT_DETAIL + fault.detail());
        } else if (!detail.isEmpty()) {
            xml.text(detail);
        }
        xml.close();
        xml.close();
    }

    /** The answer to a Get or Put. */
    ByteBuf instance(WsmanRequest request, Instance instance) {
        return response(
                request,
                Map.of("g", CimNames.uri(instance.className())),
                xml -> xml.instance(instance));
    }

    /** The answer to a Create. */
    ByteBuf created(WsmanRequest request, Reference reference) {
        return response(
                request,
                Map.of("g", Wsman.TRANSFER),
                xml -> {
                    xml.open(Wsman.TRANSFER, "ResourceCreated");
                    xml.reference(reference);
                    xml.close();
                });
    }

    /** An answer without anything in its body: Delete, Release, Unsubscribe. */
    ByteBuf empty(WsmanRequest request) {
        return response(request, Map.of(), xml -> {});
    }

    /** The answer to an Enumerate. */
    ByteBuf enumeration(WsmanRequest request, String context) {
        return response(
                request,
                Map.of("g", Wsman.ENUMERATION),
                xml -> {
                    xml.open(Wsman.ENUMERATION, "EnumerateResponse");
                    xml.element(Wsman.ENUMERATION, "EnumerationContext", context);
                    xml.close();
                });
    }

    /**
     * The answer to a Pull.
     *
     * @param context of the next Pull; null at the end
     */
    ByteBuf items(
            WsmanRequest request, @Nullable String context, List<EnumeratedItem> items, Mode mode) {
        Map<String, String> namespaces = new LinkedHashMap<>();
        namespaces.put("g", Wsman.ENUMERATION);
        List<String> classes =
                items.stream().map(item -> item.instance().className()).distinct().toList();
        for (String name : classes) {
            int number = namespaces.size() - 1;
            namespaces.put(number == 0 ? "h" : "h" + number, CimNames.uri(name));
        }
        return response(
                request,
                namespaces,
                xml -> {
                    xml.open(Wsman.ENUMERATION, "PullResponse");
                    if (context != null) {
                        xml.element(Wsman.ENUMERATION, "EnumerationContext", context);
                    }
                    xml.open(Wsman.ENUMERATION, "Items");
                    for (EnumeratedItem item : items) {
                        item(xml, item, mode);
                    }
                    xml.close();
                    if (context == null) {
                        xml.open(Wsman.ENUMERATION, "EndOfSequence");
                        xml.close();
                    }
                    xml.close();
                });
    }

    private static void item(XmlOutput xml, EnumeratedItem item, Mode mode)
            throws XMLStreamException {
        switch (mode) {
            case OBJECTS -> xml.instance(item.instance());
            case REFERENCES -> xml.endpoint(item.reference());
            case BOTH -> {
                xml.open(Wsman.MANAGEMENT, "Item");
                xml.instance(item.instance());
                xml.endpoint(item.reference());
                xml.close();
            }
        }
    }

    /** The answer to a method. */
    ByteBuf output(WsmanRequest request, String className, String method, Output output) {
        String namespace = CimNames.uri(className);
        return response(
                request,
                Map.of("g", namespace),
                xml -> {
                    xml.open(namespace, method + "_OUTPUT");
                    for (Map.Entry<String, List<Value>> value : output.values().entrySet()) {
                        for (Value single : value.getValue()) {
                            xml.value(namespace, value.getKey(), single);
                        }
                    }
                    xml.element(namespace, "ReturnValue", Long.toString(output.returnValue()));
                    xml.close();
                });
    }

    /** The answer to a Subscribe. */
    ByteBuf subscribed(WsmanRequest request, Reference subscription) {
        return response(
                request,
                Map.of("g", Wsman.EVENTING),
                xml -> {
                    xml.open(Wsman.EVENTING, "SubscribeResponse");
                    xml.open(Wsman.EVENTING, "SubscriptionManager");
                    xml.reference(subscription);
                    xml.close();
                    xml.element(Wsman.EVENTING, "Expires", "PT0S");
                    xml.close();
                });
    }

    private ByteBuf response(
            WsmanRequest request, Map<String, String> more, XmlOutput.Content content) {
        Map<String, String> namespaces = new LinkedHashMap<>();
        namespaces.put("b", Wsman.ADDRESSING);
        namespaces.put("c", Wsman.MANAGEMENT);
        namespaces.put("i", CimNames.COMMON);
        namespaces.putAll(more);
        String messageId = nextMessageId();
        return XmlOutput.envelope(
                namespaces,
                xml -> {
                    header(
                            xml,
                            request.action() + "Response",
                            request.messageId(),
                            messageId,
                            request.resourceUri());
                    xml.open(Wsman.SOAP, "Body");
                    content.write(xml);
                });
    }

    private static void header(
            XmlOutput xml,
            String action,
            @Nullable String relatesTo,
            String messageId,
            @Nullable String resourceUri)
            throws XMLStreamException {
        xml.open(Wsman.SOAP, "Header");
        xml.element(Wsman.ADDRESSING, "To", Wsman.ANONYMOUS);
        if (relatesTo != null && !relatesTo.isEmpty()) {
            xml.element(Wsman.ADDRESSING, "RelatesTo", relatesTo);
        }
        xml.open(Wsman.ADDRESSING, "Action");
        xml.mustUnderstand();
        xml.text(action);
        xml.close();
        xml.element(Wsman.ADDRESSING, "MessageID", messageId);
        if (resourceUri != null) {
            xml.element(Wsman.MANAGEMENT, "ResourceURI", resourceUri);
        }
        xml.close();
    }

    private String nextMessageId() {
        return String.format(Locale.ROOT, "uuid:00000000-8086-8086-8086-%012X", ++messages);
    }
}
