package org.outpost.simulator.amt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes the envelopes a device answers with; all namespaces stand on the envelope (wsman.md §2.5).
 */
final class EnvelopeWriter {
    private final XMLStreamWriter xml;

    private EnvelopeWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Part of an envelope that may fail like any writing of XML. */
    private interface Content {
        void write(EnvelopeWriter writer) throws XMLStreamException;
    }

    static ByteBuf identifyResponse(String productVersion) {
        return envelope(
                writer -> {
                    writer.namespace("c", Wsman.IDENTITY);
                    writer.xml.writeEmptyElement("a", "Header", Wsman.SOAP);
                    writer.open("a", "Body");
                    writer.open("c", "IdentifyResponse");
                    writer.element("c", "ProtocolVersion", Wsman.MANAGEMENT);
                    writer.element("c", "ProductVendor", "Intel(r)");
                    writer.element("c", "ProductVersion", productVersion);
                    writer.open("c", "SecurityProfiles");
                    writer.element("c", "SecurityProfileName", Wsman.DIGEST_PROFILE);
                });
    }

    static ByteBuf fault(WsmanFault fault, String messageId, String relatesTo) {
        return envelope(
                writer -> {
                    writer.namespace("b", Wsman.ADDRESSING);
                    writer.namespace("e", Wsman.MANAGEMENT);
                    writer.faultHeader(fault, messageId, relatesTo);
                    writer.faultBody(fault);
                });
    }

    private void faultHeader(WsmanFault fault, String messageId, String relatesTo)
            throws XMLStreamException {
        open("a", "Header");
        element("b", "To", Wsman.ANONYMOUS);
        if (!relatesTo.isEmpty()) {
            element("b", "RelatesTo", relatesTo);
        }
        open("b", "Action");
        xml.writeAttribute("a", Wsman.SOAP, "mustUnderstand", "true");
        xml.writeCharacters(fault.action());
        xml.writeEndElement();
        element("b", "MessageID", messageId);
        xml.writeEndElement();
    }

    private void faultBody(WsmanFault fault) throws XMLStreamException {
        open("a", "Body");
        open("a", "Fault");
        open("a", "Code");
        element("a", "Value", "a:" + fault.code());
        if (fault.subcode() != null) {
            open("a", "Subcode");
            element("a", "Value", fault.subcodePrefix() + ':' + fault.subcode());
            xml.writeEndElement();
        }
        xml.writeEndElement();
        open("a", "Reason");
        open("a", "Text");
        xml.writeAttribute("xml:lang", "en-US");
        xml.writeCharacters(fault.reason());
        xml.writeEndElement();
        xml.writeEndElement();
        open("a", "Detail");
        if (fault.detail() != null) {
            element("e", "FaultDetail", Wsman.FAULT_DETAIL + fault.detail());
        }
    }

    private void namespace(String prefix, String uri) throws XMLStreamException {
        xml.setPrefix(prefix, uri);
        xml.writeNamespace(prefix, uri);
    }

    private void open(String prefix, String name) throws XMLStreamException {
        xml.writeStartElement(prefix, name, xml.getNamespaceContext().getNamespaceURI(prefix));
    }

    private void element(String prefix, String name, String text) throws XMLStreamException {
        open(prefix, name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static ByteBuf envelope(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory()
                            .createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            EnvelopeWriter writer = new EnvelopeWriter(xml);
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            xml.setPrefix("a", Wsman.SOAP);
            xml.writeStartElement("a", "Envelope", Wsman.SOAP);
            xml.writeNamespace("a", Wsman.SOAP);
            content.write(writer);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return Unpooled.wrappedBuffer(bytes.toByteArray());
    }
}
