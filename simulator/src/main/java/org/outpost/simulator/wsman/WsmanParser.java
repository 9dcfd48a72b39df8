package org.outpost.simulator.wsman;

import com.ctc.wstx.stax.WstxInputFactory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.cim.Value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads an envelope by namespace and local name, whatever the prefixes (wsman.md §2.2). Document
 * type declarations and entities are refused, nesting is limited; the size of the whole was limited
 * before.
 */
final class WsmanParser {
    private static final int DEEPEST = 32;
    private static final List<String> ATTRIBUTES = List.of("Name", "Mode", "Dialect");
    private static final Set<String> UNDERSTOOD =
            Set.of(
                    "Action",
                    "To",
                    "MessageID",
                    "ReplyTo",
                    "FaultTo",
                    "From",
                    "RelatesTo",
                    "ResourceURI",
                    "OperationTimeout",
                    "MaxEnvelopeSize",
                    "SelectorSet",
                    "Locale");

    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader xml;
    private int depth;
    private @Nullable String action;
    private @Nullable String messageId;
    private @Nullable String resourceUri;
    private OptionalLong maxEnvelopeSize = OptionalLong.empty();
    private @Nullable QName notUnderstood;
    private Map<String, Value> selectors = Map.of();
    private @Nullable XmlElement tokens;
    private @Nullable XmlElement operation;

    private static XMLInputFactory factory() {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.getConfig().doParseLazily(false);
        factory.setXMLResolver(
                (publicId, systemId, base, namespace) -> {
                    throw new XMLStreamException("external entities are not read");
                });
        return factory;
    }

    private WsmanParser(XMLStreamReader xml) {
        this.xml = xml;
    }

    /**
     * Reads the readable bytes of a buffer, which stays the caller's.
     *
     * @throws FaultException when they are no envelope
     */
    static WsmanRequest parse(ByteBuf body) throws FaultException {
        try {
            XMLStreamReader reader =
                    FACTORY.createXMLStreamReader(new ByteBufInputStream(body.duplicate()));
            try {
                return new WsmanParser(reader).envelope();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new FaultException(WsmanFault.SCHEMA_VALIDATION_ERROR);
        }
    }

    private WsmanRequest envelope() throws XMLStreamException, FaultException {
        while (next() != XMLStreamConstants.START_ELEMENT) {
            // what may stand before the root says nothing
        }
        if (!xml.getLocalName().equals("Envelope")) {
            throw invalid("no envelope");
        }
        if (!Wsman.SOAP.equals(xml.getNamespaceURI())) {
            throw new FaultException(WsmanFault.VERSION_MISMATCH);
        }
        boolean body = false;
        while (nextChild()) {
            if (isSoap("Header") && !body) {
                headers();
            } else if (isSoap("Body") && !body) {
                body = true;
                body();
            } else {
                throw invalid("unexpected element in the envelope");
            }
        }
        if (!body) {
            throw invalid("no body");
        }
        while (xml.hasNext()) {
            next();
        }
        return new WsmanRequest(
                action,
                messageId,
                resourceUri,
                selectors,
                tokens,
                maxEnvelopeSize,
                notUnderstood,
                operation);
    }

    private void headers() throws XMLStreamException, FaultException {
        while (nextChild()) {
            QName name = xml.getName();
            boolean known = isKnown(name);
            if (!known && mustUnderstand() && notUnderstood == null) {
                notUnderstood = name;
            }
            if (!known) {
                skip();
                continue;
            }
            switch (name.getLocalPart()) {
                case "Action" -> action = text();
                case "MessageID" -> messageId = text();
                case "ResourceURI" -> resourceUri = text();
                case "SelectorSet" -> selectors = element().selectors();
                case "IssuedTokens" -> tokens = element();
                case "MaxEnvelopeSize" -> maxEnvelopeSize = OptionalLong.of(size(text()));
                default -> skip();
            }
        }
    }

    private void body() throws XMLStreamException, FaultException {
        while (nextChild()) {
            if (operation == null) {
                operation = element();
            } else {
                skip();
            }
        }
    }

    private static boolean isKnown(QName name) {
        String namespace = name.getNamespaceURI();
        return switch (namespace) {
            case Wsman.ADDRESSING, Wsman.MANAGEMENT -> UNDERSTOOD.contains(name.getLocalPart());
            case Wsman.TRUST -> name.getLocalPart().equals("IssuedTokens");
            default -> false;
        };
    }

    private boolean mustUnderstand() {
        String value = xml.getAttributeValue(Wsman.SOAP, "mustUnderstand");
        return value != null && (value.equals("true") || value.equals("1"));
    }

    private boolean isSoap(String localName) {
        return xml.getLocalName().equals(localName) && Wsman.SOAP.equals(xml.getNamespaceURI());
    }

    /** Goes to the next child element of the current one; false at its end. */
    private boolean nextChild() throws XMLStreamException, FaultException {
        while (true) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return false;
                }
                default -> {
                    if (xml.isCharacters() && !xml.isWhiteSpace()) {
                        throw invalid("text where elements belong");
                    }
                }
            }
        }
    }

    /** Reads the current element with everything below it. */
    private XmlElement element() throws XMLStreamException, FaultException {
        String namespace = xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
        String name = xml.getLocalName();
        String attribute = attribute();
        List<XmlElement> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(element());
            } else if (xml.isCharacters()) {
                text.append(xml.getText());
            }
        }
        if (!children.isEmpty() && !text.toString().isBlank()) {
            throw invalid("text where elements belong");
        }
        return new XmlElement(
                namespace,
                name,
                attribute,
                children.isEmpty() ? text.toString().strip() : "",
                children);
    }

    /** The one attribute that says something: a selector's name, a mode, a dialect. */
    private String attribute() {
        for (String name : ATTRIBUTES) {
            String value = xml.getAttributeValue(null, name);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    private String text() throws XMLStreamException, FaultException {
        StringBuilder text = new StringBuilder();
        int event = next();
        while (event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                throw invalid("an element where text belongs");
            }
            if (xml.isCharacters()) {
                text.append(xml.getText());
            }
            event = next();
        }
        return text.toString().strip();
    }

    private void skip() throws XMLStreamException, FaultException {
        int outside = depth - 1;
        while (depth > outside) {
            next();
        }
    }

    private int next() throws XMLStreamException, FaultException {
        int event = xml.next();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> {
                if (++depth > DEEPEST) {
                    throw invalid("nested too deeply");
                }
            }
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw invalid("document types and entities are not accepted");
            default -> {}
        }
        return event;
    }

    private static long size(String text) throws FaultException {
        try {
            return Long.parseUnsignedLong(text) & Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw invalid("a size that is no number");
        }
    }

    private static FaultException invalid(String message) {
        return new FaultException(WsmanFault.SCHEMA_VALIDATION_ERROR, message);
    }
}
