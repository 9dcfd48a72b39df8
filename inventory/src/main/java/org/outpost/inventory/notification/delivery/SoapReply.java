package org.outpost.inventory.notification.delivery;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A console's answer to a notification. Only {@code KeepConnection} counts, found by its local name
 * whatever its namespace (mps-soap.md §8.3).
 */
final class SoapReply {
    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 16;
    private static final XMLInputFactory READERS = readers();

    private SoapReply() {}

    private static XMLInputFactory readers() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        return factory;
    }

    /** The verdict; empty when there is none, or the answer is a fault or no XML. */
    static Optional<Boolean> keepConnection(byte[] answer) {
        try {
            // As text: the parser prints bytes that are no UTF-8 to standard error.
            XMLStreamReader xml =
                    READERS.createXMLStreamReader(
                            new StringReader(new String(answer, StandardCharsets.UTF_8)));
            try {
                return verdict(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException | RuntimeException e) {
            // The platform's parser fails over some texts instead of refusing them.
            return Optional.empty();
        }
    }

    private static Optional<Boolean> verdict(XMLStreamReader xml) throws XMLStreamException {
        int depth = 0;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    String name = xml.getLocalName();
                    if (depth > DEEPEST || name.equals("Fault")) {
                        return Optional.empty();
                    }
                    if (name.equals("KeepConnection")) {
                        return truth(text(xml));
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.DTD -> {
                    return Optional.empty();
                }
                default -> {
                    // Text, comments and instructions mean nothing here.
                }
            }
        }
        return Optional.empty();
    }

    private static String text(XMLStreamReader xml) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        while (xml.next() == XMLStreamConstants.CHARACTERS && text.length() <= LONGEST_TEXT) {
            text.append(xml.getText());
        }
        return text.toString().strip();
    }

    /** The lexical forms of xsd:boolean. */
    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
