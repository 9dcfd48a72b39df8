package org.outpost.gateway.devicetraffic;

import org.jspecify.annotations.Nullable;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/**
 * What has to be known of a WS-Event to answer it (events.md sections 3.1 and 3.2).
 *
 * @param id the WS-Addressing MessageID; null when there is none
 * @param wantsAck whether the subscription is PushWithAck
 */
record EventMessage(@Nullable String id, boolean wantsAck) {
    private static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    private static final String ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    private static final String ANONYMOUS = ADDRESSING + "/role/anonymous";
    private static final String ACK = "http://schemas.dmtf.org/wbem/wsman/1/wsman/Ack";
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final int DEEPEST = 64;
    private static final int LONGEST_ID = 256;
    private static final int HEADER_CHILD = 3;

    private static final XMLInputFactory READERS = readers();
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

    private static XMLInputFactory readers() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        return factory;
    }

    /**
     * Reads a message to its end.
     *
     * @throws XMLStreamException when it is not in UTF-8, is not well-formed, has a document type,
     *     or is deeper than any event
     */
    static EventMessage read(byte[] xml) throws XMLStreamException {
        XMLStreamReader reader = READERS.createXMLStreamReader(new StringReader(decoded(xml)));
        try {
            return read(reader);
        } catch (RuntimeException e) {
            throw new XMLStreamException("the message cannot be read", e);
        } finally {
            reader.close();
        }
    }

    /** Decoded before the parser, which prints bytes that are no UTF-8 to standard error. */
    private static String decoded(byte[] xml) throws XMLStreamException {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(xml)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new XMLStreamException("the message is not in UTF-8", e);
        }
    }

    private static EventMessage read(XMLStreamReader reader) throws XMLStreamException {
        String id = null;
        boolean wantsAck = false;
        boolean inHeader = false;
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD ->
                        throw new XMLStreamException("a document type is not allowed");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEEPEST) {
                        throw new XMLStreamException("too deep");
                    }
                    String name = reader.getLocalName();
                    if (depth == HEADER_CHILD - 1) {
                        inHeader = name.equals("Header");
                    } else if (depth == HEADER_CHILD && inHeader) {
                        if (name.equals("AckRequested")) {
                            wantsAck = true;
                        } else if (name.equals("MessageID")
                                && ADDRESSING.equals(reader.getNamespaceURI())) {
                            id = text(reader);
                            depth--;
                        }
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {
                    // what the event says is for others
                }
            }
        }
        return new EventMessage(id, wantsAck);
    }

    /** Leaves the reader at the element's end. */
    private static String text(XMLStreamReader reader) throws XMLStreamException {
        String text = reader.getElementText().strip();
        if (text.length() > LONGEST_ID) {
            throw new XMLStreamException("a message identifier of " + text.length());
        }
        return text;
    }

    /** The acknowledgement that PushWithAck awaits. */
    String ack() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = WRITERS.createXMLStreamWriter(text);
            out.writeStartDocument("UTF-8", "1.0");
            out.writeStartElement("s", "Envelope", SOAP);
            out.writeNamespace("s", SOAP);
            out.writeNamespace("a", ADDRESSING);
            out.writeStartElement("s", "Header", SOAP);
            element(out, "To", ANONYMOUS);
            element(out, "Action", ACK);
            element(out, "MessageID", "uuid:" + UUID.randomUUID());
            if (id != null) {
                element(out, "RelatesTo", id);
            }
            out.writeEndElement();
            out.writeEmptyElement("s", "Body", SOAP);
            out.writeEndElement();
            out.writeEndDocument();
            out.close();
            return text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("an acknowledgement cannot be written", e);
        }
    }

    private static void element(XMLStreamWriter out, String name, String text)
            throws XMLStreamException {
        out.writeStartElement("a", name, ADDRESSING);
        out.writeCharacters(text);
        out.writeEndElement();
    }
}
