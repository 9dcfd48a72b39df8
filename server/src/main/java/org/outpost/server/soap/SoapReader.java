package org.outpost.server.soap;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads envelopes. Operations and fields are known by their local names, whatever their namespace
 * (mps-soap.md 8.3): nobody knows today which one the consoles of Intel's MPS used. No DTD, no
 * entities but XML's own five, at most {@value #DEEPEST} elements deep and {@value #MOST_FIELDS}
 * fields wide. Thread-safe.
 */
final class SoapReader {
    /** The largest envelope, in bytes. */
    static final int LARGEST = 64 * 1024;

    private static final int DEEPEST = 16;
    private static final int MOST_FIELDS = 64;

    private final WstxInputFactory factory = new WstxInputFactory();

    SoapReader() {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEEPEST);
        factory.setProperty(WstxInputProperties.P_MAX_CHILDREN_PER_ELEMENT, MOST_FIELDS);
    }

    /**
     * Reads one call.
     *
     * @param envelope at most {@link #LARGEST} bytes
     * @throws SoapFaultException when it is no envelope with one call in its body
     */
    SoapRequest read(byte[] envelope) throws SoapFaultException {
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(envelope));
            try {
                return call(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw SoapFaultException.caller(
                    "INVALID_MESSAGE",
                    "the envelope is not XML, has a DTD, or is too deep or too wide");
        }
    }

    private static SoapRequest call(XMLStreamReader xml)
            throws XMLStreamException, SoapFaultException {
        if (xml.nextTag() != XMLStreamConstants.START_ELEMENT) {
            throw SoapFaultException.caller("INVALID_MESSAGE", "no envelope of SOAP 1.1 or 1.2");
        }
        SoapVersion version =
                SoapVersion.of(String.valueOf(xml.getNamespaceURI()))
                        .filter(known -> xml.getLocalName().equals("Envelope"))
                        .orElseThrow(
                                () ->
                                        SoapFaultException.caller(
                                                "INVALID_MESSAGE",
                                                "no envelope of SOAP 1.1 or 1.2"));
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            if (xml.getLocalName().equals("Body")) {
                if (xml.nextTag() != XMLStreamConstants.START_ELEMENT) {
                    break;
                }
                String namespace = xml.getNamespaceURI();
                return new SoapRequest(
                        version,
                        namespace == null ? "" : namespace,
                        xml.getLocalName(),
                        fields(xml));
            }
            skip(xml);
        }
        throw SoapFaultException.caller("INVALID_MESSAGE", "the envelope's body is empty");
    }

    private static Map<String, List<String>> fields(XMLStreamReader xml)
            throws XMLStreamException, SoapFaultException {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        while (true) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                return fields;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                fields.computeIfAbsent(xml.getLocalName(), _ -> new ArrayList<>()).add(text(xml));
            }
        }
    }

    /** The text of a field, without that of elements in it. */
    private static String text(XMLStreamReader xml) throws XMLStreamException, SoapFaultException {
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        text.append(xml.getText());
                case XMLStreamConstants.START_ELEMENT -> skip(xml);
                case XMLStreamConstants.END_ELEMENT -> {
                    return text.toString();
                }
                case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw SoapFaultException.caller(
                                "INVALID_MESSAGE", "entities are not understood");
                default -> {}
            }
        }
    }

    private static void skip(XMLStreamReader xml) throws XMLStreamException {
        int open = 1;
        while (open > 0) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> open++;
                case XMLStreamConstants.END_ELEMENT -> open--;
                default -> {}
            }
        }
    }
}
