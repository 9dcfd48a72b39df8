package org.outpost.amt.fake;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/**
 * AMT's classes, instances and methods, read with the JDK's DOM parser. A Get after a Put shows the
 * change.
 */
public final class FakeModel {
    private static final String WSA = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    private static final String WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";

    private final Map<String, List<Map<String, String>>> instances = new ConcurrentHashMap<>();
    private final Map<String, Function<Element, String>> methods = new ConcurrentHashMap<>();
    private final Map<String, Integer> created = new ConcurrentHashMap<>();
    private final Map<String, List<Map<String, String>>> lists = new ConcurrentHashMap<>();
    private final Map<String, String> refused = new ConcurrentHashMap<>();

    /** Every call in order: action or method, and class. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    /** How many instances one Pull gives. */
    public volatile int page = 2;

    /** The next so many Pulls find their list gone. */
    public int lostLists;

    private int contexts;
    private int messages;

    /** What is sent back. */
    record Answer(int status, String envelope) {}

    /** Adds an instance; values are XML text, and a value with {@code |} is an array. */
    public FakeModel instance(String type, String... pairs) {
        Map<String, String> instance = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            instance.put(pairs[i], pairs[i + 1]);
        }
        instances.computeIfAbsent(type, name -> new CopyOnWriteArrayList<>()).add(instance);
        return this;
    }

    /** Knows a class of which there are no instances. */
    public FakeModel empty(String type) {
        instances.computeIfAbsent(type, name -> new CopyOnWriteArrayList<>());
        return this;
    }

    /** Adds a method: from its input to the children of its output. */
    public FakeModel method(String name, Function<Element, String> method) {
        methods.put(name, method);
        return this;
    }

    /** Adds a method that just succeeds. */
    public FakeModel succeeds(String... names) {
        for (String name : names) {
            method(name, input -> "<g:ReturnValue>0</g:ReturnValue>");
        }
        return this;
    }

    /** Answers an operation, such as {@code AMT_X Put}, with a fault. */
    public FakeModel refuse(String operation, String subcode) {
        refused.put(operation, subcode);
        return this;
    }

    /** The instances of a class. */
    public List<Map<String, String>> instances(String type) {
        return instances.getOrDefault(type, List.of());
    }

    /** An argument's text. */
    public static String text(Element input, String name) {
        NodeList found = input.getElementsByTagNameNS("*", name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    /** An argument's texts. */
    public static List<String> texts(Element input, String name) {
        List<String> texts = new ArrayList<>();
        NodeList found = input.getElementsByTagNameNS("*", name);
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }

    synchronized Answer answer(String envelope) {
        Element root = parse(envelope);
        Element header = child(root, "Header");
        Element body = child(root, "Body");
        Element content = header == null || body == null ? null : first(body);
        if (content != null && content.getLocalName().equals("Identify")) {
            return new Answer(
                    200,
                    wrap(
                            "",
                            "",
                            "<i:IdentifyResponse"
                                + " xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\"><i:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd</i:ProtocolVersion><i:ProductVendor>Intel(r)</i:ProductVendor><i:ProductVersion>AMT"
                                + " 12.0</i:ProductVersion></i:IdentifyResponse>"));
        }
        if (header == null) {
            return fault("MessageInformationHeaderRequired", "");
        }
        String action = text(header, "Action");
        String id = text(header, "MessageID");
        String uri = text(header, "ResourceURI");
        String type = uri.substring(uri.lastIndexOf('/') + 1);
        String operation = action.substring(action.lastIndexOf('/') + 1);
        calls.add(type + " " + operation);
        String refusal = refused.get(type + " " + operation);
        if (refusal != null) {
            return fault(refusal, id);
        }
        if (action.equals(uri + "/" + operation)) {
            return invoke(type, uri, operation, content, id);
        }
        return switch (operation) {
            case "Get" -> get(type, uri, header, id);
            case "Put" -> put(type, uri, header, content, id);
            case "Create" -> create(type, uri, content, id);
            case "Delete" -> delete(type, header, id);
            case "Enumerate" -> enumerate(type, id);
            case "Pull" -> pull(type, uri, content, id);
            case "Release", "Unsubscribe" -> ok(id, action + "Response", "");
            case "Subscribe" ->
                    ok(
                            id,
                            action + "Response",
                            "<e:SubscribeResponse"
                                + " xmlns:e=\"http://schemas.xmlsoap.org/ws/2004/08/eventing\"><e:SubscriptionManager>"
                                    + reference(
                                            "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_FilterCollectionSubscription",
                                            Map.of("InstanceID", "1"))
                                    + "</e:SubscriptionManager></e:SubscribeResponse>");
            default -> fault("ActionNotSupported", id);
        };
    }

    private Answer invoke(
            String type, String uri, String method, @Nullable Element input, String id) {
        Function<Element, String> known = methods.get(type + "." + method);
        if (known == null || input == null) {
            return fault(
                    instances.containsKey(type) ? "ActionNotSupported" : "DestinationUnreachable",
                    id);
        }
        if (!uri.equals(input.getNamespaceURI())) {
            return fault("SchemaValidationError", id);
        }
        String output = known.apply(input);
        return ok(
                id,
                uri + "/" + method + "Response",
                "<g:"
                        + method
                        + "_OUTPUT xmlns:g=\""
                        + uri
                        + "\">"
                        + output
                        + "</g:"
                        + method
                        + "_OUTPUT>");
    }

    private @Nullable Map<String, String> find(String type, Element header) {
        List<Map<String, String>> all = instances(type);
        NodeList selectors = header.getElementsByTagNameNS(WSMAN, "Selector");
        if (selectors.getLength() == 0) {
            return all.size() == 1 ? all.get(0) : null;
        }
        for (Map<String, String> one : all) {
            boolean matches = true;
            for (int i = 0; i < selectors.getLength(); i++) {
                Element selector = (Element) selectors.item(i);
                if (selector.getElementsByTagNameNS(WSA, "ReferenceParameters").getLength() > 0
                        || !selector.getParentNode().getParentNode().equals(header)) {
                    continue;
                }
                matches &= selector.getTextContent().equals(one.get(selector.getAttribute("Name")));
            }
            if (matches) {
                return one;
            }
        }
        return null;
    }

    private Answer get(String type, String uri, Element header, String id) {
        if (!instances.containsKey(type)) {
            return fault("DestinationUnreachable", id);
        }
        Map<String, String> found = find(type, header);
        return found == null
                ? fault("InvalidSelectors", id)
                : ok(id, "GetResponse", xml(type, uri, found));
    }

    private Answer put(
            String type, String uri, Element header, @Nullable Element content, String id) {
        Map<String, String> found = find(type, header);
        if (found == null || content == null || !content.getLocalName().equals(type)) {
            return fault("InvalidSelectors", id);
        }
        found.clear();
        found.putAll(values(content));
        return ok(id, "PutResponse", xml(type, uri, found));
    }

    private Answer create(String type, String uri, @Nullable Element content, String id) {
        if (content == null || !uri.equals(content.getNamespaceURI())) {
            return fault("SchemaValidationError", id);
        }
        Map<String, String> made = values(content);
        int number = created.merge(type, 1, Integer::sum);
        made.putIfAbsent("InstanceID", "Intel(r) AMT:" + type + " " + number);
        instances.computeIfAbsent(type, name -> new CopyOnWriteArrayList<>()).add(made);
        return ok(
                id,
                "CreateResponse",
                "<x:ResourceCreated xmlns:x=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\">"
                        + reference(uri, Map.of("InstanceID", made.get("InstanceID")))
                        + "</x:ResourceCreated>");
    }

    private Answer delete(String type, Element header, String id) {
        Map<String, String> found = find(type, header);
        if (found == null) {
            return fault("InvalidSelectors", id);
        }
        instances(type).remove(found);
        return ok(id, "DeleteResponse", "");
    }

    private Answer enumerate(String type, String id) {
        if (!instances.containsKey(type)) {
            return fault("DestinationUnreachable", id);
        }
        String context = String.format("%02d000000-0000-0000-0000-000000000000", ++contexts);
        lists.put(context, new ArrayList<>(instances(type)));
        return ok(
                id,
                "EnumerateResponse",
                "<n:EnumerateResponse"
                    + " xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\"><n:EnumerationContext>"
                        + context
                        + "</n:EnumerationContext></n:EnumerateResponse>");
    }

    private Answer pull(String type, String uri, @Nullable Element content, String id) {
        String context = content == null ? "" : text(content, "EnumerationContext");
        List<Map<String, String>> left = lists.remove(context);
        if (left == null || lostLists > 0) {
            lostLists--;
            return fault("InvalidEnumerationContext", id);
        }
        StringBuilder items = new StringBuilder();
        int count = Math.min(page, left.size());
        left.subList(0, count).forEach(one -> items.append(xml(type, uri, one)));
        boolean ended = count == left.size();
        String next = String.format("%02d000000-0000-0000-0000-000000000000", ++contexts);
        if (!ended) {
            lists.put(next, new ArrayList<>(left.subList(count, left.size())));
        }
        return ok(
                id,
                "PullResponse",
                "<n:PullResponse xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">"
                        + (ended ? "" : "<n:EnumerationContext>" + next + "</n:EnumerationContext>")
                        + "<n:Items>"
                        + items
                        + "</n:Items>"
                        + (ended ? "<n:EndOfSequence/>" : "")
                        + "</n:PullResponse>");
    }

    /** A reference, as the inside of an element. */
    public static String reference(String uri, Map<String, String> selectors) {
        StringBuilder text =
                new StringBuilder("<b:Address>")
                        .append(WSA)
                        .append("/role/anonymous</b:Address><b:ReferenceParameters>")
                        .append("<c:ResourceURI>")
                        .append(uri)
                        .append("</c:ResourceURI><c:SelectorSet>");
        selectors.forEach(
                (name, value) ->
                        text.append("<c:Selector Name=\"")
                                .append(name)
                                .append("\">")
                                .append(value)
                                .append("</c:Selector>"));
        return text.append("</c:SelectorSet></b:ReferenceParameters>").toString();
    }

    private static String xml(String type, String uri, Map<String, String> values) {
        StringBuilder text =
                new StringBuilder("<g:")
                        .append(type)
                        .append(" xmlns:g=\"")
                        .append(uri)
                        .append("\">");
        values.forEach(
                (name, value) -> {
                    for (String one : value.split("\\|", -1)) {
                        text.append("<g:").append(name).append('>').append(one);
                        text.append("</g:").append(name).append('>');
                    }
                });
        return text.append("</g:").append(type).append('>').toString();
    }

    /** Nested elements are kept as what their leaves say. */
    private static Map<String, String> values(Element instance) {
        Map<String, String> values = new TreeMap<>();
        for (Node node = instance.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element property) {
                values.merge(
                        property.getLocalName(),
                        escape(property.getTextContent()),
                        (a, b) -> a + '|' + b);
            }
        }
        return values;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private Answer ok(String id, String action, String content) {
        return new Answer(200, wrap(id, action, content));
    }

    private Answer fault(String subcode, String id) {
        int at = subcode.indexOf('#');
        String name = at < 0 ? subcode : subcode.substring(0, at);
        String detail = at < 0 ? "" : "AMT-STATUS " + subcode.substring(at + 1);
        return new Answer(
                400,
                wrap(
                        id,
                        WSA + "/fault",
                        "<a:Fault><a:Code><a:Value>a:Sender</a:Value><a:Subcode><a:Value>e:"
                                + name
                                + "</a:Value></a:Subcode></a:Code><a:Reason><a:Text"
                                + " xml:lang=\"en-US\">words</a:Text></a:Reason><a:Detail>"
                                + detail
                                + "</a:Detail></a:Fault>"));
    }

    private String wrap(String id, String action, String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a:Envelope"
                + " xmlns:a=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:b=\""
                + WSA
                + "\" xmlns:c=\""
                + WSMAN
                + "\" xmlns:h=\"http://schemas.dmtf.org/wbem/wscim/1/common\"><a:Header><b:To>"
                + WSA
                + "/role/anonymous</b:To>"
                + (id.isEmpty() ? "" : "<b:RelatesTo>" + id + "</b:RelatesTo>")
                + "<b:Action a:mustUnderstand=\"true\">"
                + action
                + "</b:Action><b:MessageID>uuid:00000000-8086-8086-8086-"
                + String.format("%012X", ++messages)
                + "</b:MessageID></a:Header><a:Body>"
                + content
                + "</a:Body></a:Envelope>";
    }

    private static Element parse(String envelope) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            Document document = builder.parse(new InputSource(new StringReader(envelope)));
            return document.getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("the client sent no XML: " + envelope, e);
        }
    }

    private static @Nullable Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getLocalName().equals(name)) {
                return element;
            }
        }
        return null;
    }

    private static @Nullable Element first(Element parent) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                return element;
            }
        }
        return null;
    }
}
