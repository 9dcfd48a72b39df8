package org.outpost.it.support;

/**
 * A request of WS-Management as consoles write it (DSP0226; wsman.md §2.2, 2.3), put together as
 * text: nothing of the product has a hand in it. Instances are immutable.
 */
public final class Envelope {
    /** Who are you; needs no addressing. */
    public static final Envelope IDENTIFY =
            new Envelope(
                    "",
                    "<i:Identify"
                        + " xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\"/>",
                    "");

    private static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
    private static final String ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration";
    private static final String EVENTING = "http://schemas.xmlsoap.org/ws/2004/08/eventing";
    private static final String CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
    private static final String ANONYMOUS =
            "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";
    private static final String MESSAGE_ID = "<a:MessageID>17</a:MessageID>";

    private final String header;
    private final String body;
    private final String namespaces;

    private Envelope(String header, String body, String namespaces) {
        this.header = header;
        this.body = body;
        this.namespaces = namespaces;
    }

    private static Envelope of(String action, String resource, String body) {
        return new Envelope(
                """
                <a:Action>%s</a:Action>
                <a:To>/wsman</a:To>
                <w:ResourceURI>%s</w:ResourceURI>
                %s
                <a:ReplyTo><a:Address>%s</a:Address></a:ReplyTo>
                <w:OperationTimeout>PT60S</w:OperationTimeout>
                """
                        .formatted(action, resource, MESSAGE_ID, ANONYMOUS),
                body,
                "");
    }

    /** Reads the one instance of a class. */
    public static Envelope get(String resource) {
        return of(TRANSFER + "Get", resource, "");
    }

    /** Writes an instance. */
    public static Envelope put(String resource, String instance) {
        return of(TRANSFER + "Put", resource, instance);
    }

    /** Begins to list a class. */
    public static Envelope enumerate(String resource) {
        return of(ENUMERATION + "/Enumerate", resource, "<n:Enumerate/>")
                .declaring("n", ENUMERATION);
    }

    /** Takes some of the list. */
    public static Envelope pull(String resource, String context, int most) {
        String body =
                """
                <n:Pull><n:EnumerationContext>%s</n:EnumerationContext>
                <n:MaxElements>%d</n:MaxElements></n:Pull>
                """
                        .formatted(context, most);
        return of(ENUMERATION + "/Pull", resource, body).declaring("n", ENUMERATION);
    }

    /** Ends a list early. */
    public static Envelope release(String resource, String context) {
        String body =
                "<n:Release><n:EnumerationContext>%s</n:EnumerationContext></n:Release>"
                        .formatted(context);
        return of(ENUMERATION + "/Release", resource, body).declaring("n", ENUMERATION);
    }

    /**
     * Calls a method.
     *
     * @param arguments elements with the prefix {@code r}
     */
    public static Envelope invoke(String resource, String method, String arguments) {
        String body = "<r:%1$s_INPUT>%2$s</r:%1$s_INPUT>".formatted(method, arguments);
        return of(resource + "/" + method, resource, body).declaring("r", resource);
    }

    /** Asks for the events of a filter, each of them to be acknowledged. */
    public static Envelope subscribe(String filter, String url) {
        String body =
                """
                <e:Subscribe>
                 <e:Delivery Mode="http://schemas.dmtf.org/wbem/wsman/1/wsman/PushWithAck">
                  <e:NotifyTo><a:Address>%s</a:Address></e:NotifyTo>
                 </e:Delivery>
                </e:Subscribe>
                """
                        .formatted(url);
        return of(EVENTING + "/Subscribe", CIM + "CIM_FilterCollection", body)
                .selecting("InstanceID", filter)
                .declaring("e", EVENTING);
    }

    /** Ends a subscription. */
    public static Envelope unsubscribe(String resource, String filter, String handler) {
        String selectors =
                """
                <w:SelectorSet>
                 <w:Selector Name="Filter">%s</w:Selector>
                 <w:Selector Name="Handler">%s</w:Selector>
                </w:SelectorSet>
                """
                        .formatted(
                                reference("CIM_FilterCollection", selector("InstanceID", filter)),
                                reference(
                                        "CIM_ListenerDestinationWSManagement",
                                        selector(
                                                        "CreationClassName",
                                                        "CIM_ListenerDestinationWSMAN")
                                                + selector("Name", handler)
                                                + selector(
                                                        "SystemCreationClassName",
                                                        "CIM_ComputerSystem")
                                                + selector("SystemName", "Intel(r) AMT")));
        return of(EVENTING + "/Unsubscribe", resource, "<e:Unsubscribe/>")
                .header(selectors)
                .declaring("e", EVENTING);
    }

    private static String reference(String type, String selectors) {
        return """
        <a:EndpointReference><a:Address>%s</a:Address><a:ReferenceParameters>
        <w:ResourceURI>%s</w:ResourceURI><w:SelectorSet>%s</w:SelectorSet>
        </a:ReferenceParameters></a:EndpointReference>
        """
                .formatted(ANONYMOUS, CIM + type, selectors)
                .strip();
    }

    private static String selector(String name, String value) {
        return "<w:Selector Name=\"%s\">%s</w:Selector>".formatted(name, value);
    }

    /** The same for the instance with this key. */
    public Envelope selecting(String name, String value) {
        return header("<w:SelectorSet>" + selector(name, value) + "</w:SelectorSet>");
    }

    /** The same with one more element in its header. */
    public Envelope header(String element) {
        return new Envelope(header + element, body, namespaces);
    }

    /** The same with one more prefix for the body. */
    public Envelope declaring(String prefix, String namespace) {
        return new Envelope(
                header, body, namespaces + " xmlns:%s=\"%s\"".formatted(prefix, namespace));
    }

    /** The same without what the answer would relate to. */
    public Envelope withoutMessageId() {
        return new Envelope(header.replace(MESSAGE_ID, ""), body, namespaces);
    }

    /** The text. */
    public String xml() {
        return """
        <?xml version="1.0" encoding="utf-8"?>
        <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
        xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
        xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"%s>
        <s:Header>%s</s:Header><s:Body>%s</s:Body></s:Envelope>
        """
                .formatted(namespaces, header, body);
    }
}
