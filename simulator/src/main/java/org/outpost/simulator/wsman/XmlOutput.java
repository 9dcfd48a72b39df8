package org.outpost.simulator.wsman;

import com.ctc.wstx.stax.WstxOutputFactory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.outpost.simulator.cim.CimNames;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.cim.Value;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes an envelope; every namespace stands on the envelope itself, under the prefixes that AMT
 * uses (wsman.md §2.3).
 */
final class XmlOutput {
    /** Part of an envelope. */
    interface Content {
        void write(XmlOutput xml) throws XMLStreamException;
    }

    private static final XMLOutputFactory FACTORY = new WstxOutputFactory();

    private final XMLStreamWriter xml;
    private final Map<String, String> prefixes;

    private XmlOutput(XMLStreamWriter xml, Map<String, String> prefixes) {
        this.xml = xml;
        this.prefixes = prefixes;
    }

    /**
     * An envelope in unpooled memory.
     *
     * @param namespaces beside that of SOAP, by prefix
     * @param content header and body
     */
    static ByteBuf envelope(Map<String, String> namespaces, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        Map<String, String> prefixes = new LinkedHashMap<>();
        prefixes.put(Wsman.SOAP, "a");
        namespaces.forEach((prefix, uri) -> prefixes.put(uri, prefix));
        try {
            XMLStreamWriter writer =
                    FACTORY.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            XmlOutput output = new XmlOutput(writer, prefixes);
            writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            output.open(Wsman.SOAP, "Envelope");
            for (Map.Entry<String, String> namespace : prefixes.entrySet()) {
                writer.writeNamespace(namespace.getValue(), namespace.getKey());
            }
            content.write(output);
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return Unpooled.wrappedBuffer(bytes.toByteArray());
    }

    /** The prefix of a namespace that was declared. */
    String prefix(String namespace) {
        String prefix = prefixes.get(namespace);
        if (prefix == null) {
            throw new IllegalStateException("not declared: " + namespace);
        }
        return prefix;
    }

    void open(String namespace, String name) throws XMLStreamException {
        xml.writeStartElement(prefix(namespace), name, namespace);
    }

    void close() throws XMLStreamException {
        xml.writeEndElement();
    }

    void text(String text) throws XMLStreamException {
        xml.writeCharacters(Legal.text(text));
    }

    void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Legal.text(value));
    }

    void mustUnderstand() throws XMLStreamException {
        xml.writeAttribute("a", Wsman.SOAP, "mustUnderstand", "true");
    }

    void element(String namespace, String name, String text) throws XMLStreamException {
        open(namespace, name);
        text(text);
        close();
    }

    /** An instance in the namespace of its class; the namespace must be declared. */
    void instance(Instance instance) throws XMLStreamException {
        String namespace = CimNames.uri(instance.className());
        open(namespace, instance.className());
        for (Map.Entry<String, List<Value>> property : instance.properties().entrySet()) {
            for (Value value : property.getValue()) {
                value(namespace, property.getKey(), value);
            }
        }
        close();
    }

    void value(String namespace, String name, Value value) throws XMLStreamException {
        open(namespace, name);
        content(value);
        close();
    }

    private void content(Value value) throws XMLStreamException {
        switch (value) {
            case Value.Text(String text) -> text(text);
            case Value.Datetime(String text) -> element(CimNames.COMMON, "Datetime", text);
            case Value.Interval(String text) -> element(CimNames.COMMON, "Interval", text);
            case Value.Link(Reference reference) -> reference(reference);
        }
    }

    /** Address and parameters of an endpoint reference, without an element around them. */
    void reference(Reference reference) throws XMLStreamException {
        element(Wsman.ADDRESSING, "Address", Wsman.ANONYMOUS);
        open(Wsman.ADDRESSING, "ReferenceParameters");
        element(Wsman.MANAGEMENT, "ResourceURI", CimNames.uri(reference.className()));
        open(Wsman.MANAGEMENT, "SelectorSet");
        for (Map.Entry<String, Value> key : new TreeMap<>(reference.selectors()).entrySet()) {
            open(Wsman.MANAGEMENT, "Selector");
            attribute("Name", key.getKey());
            if (key.getValue() instanceof Value.Link(Reference target)) {
                endpoint(target);
            } else {
                content(key.getValue());
            }
            close();
        }
        close();
        close();
    }

    /** An endpoint reference as an element. */
    void endpoint(Reference reference) throws XMLStreamException {
        open(Wsman.ADDRESSING, "EndpointReference");
        reference(reference);
        close();
    }
}
