package org.outpost.amt.xml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;

import org.jspecify.annotations.Nullable;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a document into a tree of {@link Element}s. Document types, entities and processing
 * instructions are refused, and so is whatever exceeds the limits: the parser counts while it
 * reads, so that nothing is held beyond them.
 */
public final class ElementReader {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final XmlLimits limits;
    private final WstxInputFactory parsers = new WstxInputFactory();

    /**
     * Makes a reader, which any thread may use.
     *
     * @param limits what is refused
     */
    public ElementReader(XmlLimits limits) {
        this.limits = limits;
        parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        parsers.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        parsers.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        parsers.setProperty(XMLInputFactory.IS_COALESCING, true);
        parsers.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.depth());
        parsers.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, (long) limits.elements());
        parsers.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, limits.attributes());
        parsers.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, limits.text());
        parsers.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, limits.text());
    }

    /**
     * Reads a whole document. Bytes that are no UTF-8 become U+FFFD: firmware copies strings of the
     * BIOS as they are, and one bad serial number must not hide the rest.
     *
     * @param document the bytes
     * @return its root
     * @throws MalformedXmlException when it is not well-formed, or beyond the limits
     */
    public Element read(byte[] document) throws MalformedXmlException {
        if (document.length > limits.bytes()) {
            throw new MalformedXmlException("the document has " + document.length + " bytes");
        }
        String text = new String(document, StandardCharsets.UTF_8);
        if (text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        try {
            XMLStreamReader reader = parsers.createXMLStreamReader(new StringReader(text));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new MalformedXmlException("the document is no XML that is read here", e);
        } catch (RuntimeException e) {
            // Woodstox reports some malformed input, such as bad prefixes, by unchecked exceptions.
            throw new MalformedXmlException("the document cannot be parsed", e);
        }
    }

    private Element read(XMLStreamReader reader) throws XMLStreamException, MalformedXmlException {
        Deque<Open> open = new ArrayDeque<>();
        Element root = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> open.push(new Open(reader));
                case XMLStreamConstants.END_ELEMENT -> {
                    Element closed = open.pop().close();
                    Open parent = open.peek();
                    if (parent == null) {
                        root = closed;
                    } else {
                        parent.children.add(closed);
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    Open parent = open.peek();
                    if (parent != null) {
                        parent.append(reader.getText(), limits.text());
                    }
                }
                case XMLStreamConstants.DTD,
                        XMLStreamConstants.ENTITY_REFERENCE,
                        XMLStreamConstants.PROCESSING_INSTRUCTION ->
                        throw new MalformedXmlException(
                                "document types, entities and instructions are not allowed");
                default -> {
                    // comments and space between elements say nothing
                }
            }
        }
        if (root == null) {
            throw new MalformedXmlException("the document is empty");
        }
        return root;
    }

    /** An element whose end has not come yet. */
    private static final class Open {
        private final XmlName name;
        private final Map<XmlName, String> attributes = new LinkedHashMap<>();
        private final StringBuilder text = new StringBuilder();
        private final List<Element> children = new ArrayList<>();

        Open(XMLStreamReader reader) {
            name = name(reader.getNamespaceURI(), reader.getLocalName());
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(
                        name(reader.getAttributeNamespace(i), reader.getAttributeLocalName(i)),
                        reader.getAttributeValue(i));
            }
        }

        private static XmlName name(@Nullable String uri, String local) {
            return new XmlName(uri == null ? "" : uri, local);
        }

        void append(String more, int most) throws MalformedXmlException {
            if (text.length() + more.length() > most) {
                throw new MalformedXmlException("a text has more than " + most + " characters");
            }
            text.append(more);
        }

        Element close() {
            return new Element(
                    name, attributes, children.isEmpty() ? text.toString().strip() : "", children);
        }
    }
}
