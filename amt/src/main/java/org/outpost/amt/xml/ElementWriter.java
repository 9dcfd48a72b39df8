package org.outpost.amt.xml;

import com.ctc.wstx.stax.WstxOutputFactory;

import java.io.StringWriter;
import java.util.Map;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a tree of {@link Element}s as a document. Namespaces get the prefixes that are well known,
 * others the prefix {@code r}.
 */
public final class ElementWriter {
    private final WstxOutputFactory writers = new WstxOutputFactory();
    private final Map<String, String> prefixes;

    /**
     * Makes a writer, which any thread may use.
     *
     * @param prefixes the prefix of each namespace that is well known
     */
    public ElementWriter(Map<String, String> prefixes) {
        this.prefixes = Map.copyOf(prefixes);
        writers.setProperty(XMLOutputFactory.IS_REPAIRING_NAMESPACES, true);
    }

    /**
     * Writes a document.
     *
     * @param root its root
     * @throws IllegalArgumentException when a text holds characters that XML cannot carry
     */
    public String write(Element root) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = writers.createXMLStreamWriter(text);
            out.writeStartDocument("UTF-8", "1.0");
            write(out, root);
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "a value holds characters that XML cannot carry, such as control characters",
                    e);
        }
        return text.toString();
    }

    private void write(XMLStreamWriter out, Element element) throws XMLStreamException {
        String namespace = element.name().namespace();
        out.writeStartElement(prefix(namespace), element.local(), namespace);
        for (Map.Entry<XmlName, String> attribute : element.attributes().entrySet()) {
            XmlName name = attribute.getKey();
            if (name.namespace().isEmpty()) {
                out.writeAttribute(name.local(), attribute.getValue());
            } else {
                out.writeAttribute(
                        prefix(name.namespace()),
                        name.namespace(),
                        name.local(),
                        attribute.getValue());
            }
        }
        if (!element.text().isEmpty()) {
            out.writeCharacters(element.text());
        }
        for (Element child : element.children()) {
            write(out, child);
        }
        out.writeEndElement();
    }

    private String prefix(String namespace) {
        return namespace.isEmpty() ? "" : prefixes.getOrDefault(namespace, "r");
    }
}
