package org.outpost.server.soap;

import com.ctc.wstx.stax.WstxOutputFactory;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An answer in the making: an operation's response with its fields, or a fault. */
final class SoapAnswer {
    /** Where the fault's symbol is found by programs. */
    static final String FAULT_NAMESPACE = "urn:outpost:mps:fault:1";

    private static final XMLOutputFactory FACTORY = new WstxOutputFactory();

    private final List<Part> parts = new ArrayList<>();

    private interface Part {
        void write(XMLStreamWriter xml, String namespace) throws XMLStreamException;
    }

    /** Adds a field. */
    SoapAnswer with(String name, Object value) {
        parts.add((xml, namespace) -> element(xml, namespace, name, value.toString()));
        return this;
    }

    /** Adds a field that holds several of one kind; nothing when there are none. */
    SoapAnswer with(String name, String each, List<String> values) {
        if (!values.isEmpty()) {
            parts.add(
                    (xml, namespace) -> {
                        xml.writeStartElement("m", name, namespace);
                        for (String value : values) {
                            element(xml, namespace, each, value);
                        }
                        xml.writeEndElement();
                    });
        }
        return this;
    }

    private static void element(XMLStreamWriter xml, String namespace, String name, String value)
            throws XMLStreamException {
        xml.writeStartElement("m", name, namespace);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }

    /** The envelope, in the version and the namespace of the question. */
    String to(SoapRequest request) {
        return envelope(
                request.version(),
                xml -> {
                    xml.writeStartElement(
                            "m", request.operation() + "Response", request.namespace());
                    xml.writeNamespace("m", request.namespace());
                    for (Part part : parts) {
                        part.write(xml, request.namespace());
                    }
                    xml.writeEndElement();
                });
    }

    /** The envelope of a fault. */
    static String fault(SoapVersion version, SoapFaultException fault) {
        return envelope(
                version,
                xml -> {
                    String soap = version.namespace();
                    xml.writeStartElement("s", "Fault", soap);
                    if (version == SoapVersion.V1_1) {
                        // the children of a fault of SOAP 1.1 are in no namespace
                        plain(xml, "faultcode", fault.isCallers() ? "s:Client" : "s:Server");
                        plain(xml, "faultstring", fault.text());
                        xml.writeStartElement("detail");
                        detail(xml, fault);
                        xml.writeEndElement();
                    } else {
                        xml.writeStartElement("s", "Code", soap);
                        element12(
                                xml, soap, "Value", fault.isCallers() ? "s:Sender" : "s:Receiver");
                        xml.writeEndElement();
                        xml.writeStartElement("s", "Reason", soap);
                        xml.writeStartElement("s", "Text", soap);
                        xml.writeAttribute(
                                "xml", "http://www.w3.org/XML/1998/namespace", "lang", "en");
                        xml.writeCharacters(fault.text());
                        xml.writeEndElement();
                        xml.writeEndElement();
                        xml.writeStartElement("s", "Detail", soap);
                        detail(xml, fault);
                        xml.writeEndElement();
                    }
                    xml.writeEndElement();
                });
    }

    private static void plain(XMLStreamWriter xml, String name, String text)
            throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void element12(XMLStreamWriter xml, String soap, String name, String text)
            throws XMLStreamException {
        xml.writeStartElement("s", name, soap);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void detail(XMLStreamWriter xml, SoapFaultException fault)
            throws XMLStreamException {
        xml.writeStartElement("f", "ReturnCode", FAULT_NAMESPACE);
        xml.writeNamespace("f", FAULT_NAMESPACE);
        xml.writeCharacters(fault.symbol());
        xml.writeEndElement();
    }

    private interface Body {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static String envelope(SoapVersion version, Body body) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = FACTORY.createXMLStreamWriter(text);
            xml.writeStartDocument("utf-8", "1.0");
            xml.writeStartElement("s", "Envelope", version.namespace());
            xml.writeNamespace("s", version.namespace());
            xml.writeStartElement("s", "Body", version.namespace());
            body.write(xml);
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
            return text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML cannot be written to memory", e);
        }
    }
}
