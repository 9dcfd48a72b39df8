package org.outpost.amt.wsman;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.xml.Element;
import org.outpost.amt.xml.ElementReader;
import org.outpost.amt.xml.ElementWriter;
import org.outpost.amt.xml.MalformedXmlException;
import org.outpost.amt.xml.XmlLimits;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes requests as SOAP envelopes, and reads the envelopes that come back. */
final class Envelopes {
    /** AMT waits at least 30 s whatever is asked (wsman.md section 1). */
    private static final String OPERATION_TIMEOUT = "PT60S";

    private final ElementWriter writer = new ElementWriter(Namespaces.PREFIXES);
    private final ElementReader reader;

    Envelopes(XmlLimits limits) {
        reader = new ElementReader(limits);
    }

    String write(WsmanRequest request, String id) {
        List<Element> header = new ArrayList<>();
        if (!request.action().isEmpty()) {
            header.add(Element.of(Namespaces.ADDRESSING, "Action", request.action()));
            header.add(Element.of(Namespaces.ADDRESSING, "To", "/wsman"));
            header.add(Element.of(Namespaces.WSMAN, "ResourceURI", request.resource()));
            header.add(Element.of(Namespaces.ADDRESSING, "MessageID", id));
            header.add(
                    Element.of(
                            Namespaces.ADDRESSING,
                            "ReplyTo",
                            List.of(
                                    Element.of(
                                            Namespaces.ADDRESSING,
                                            "Address",
                                            Namespaces.ANONYMOUS))));
            header.add(Element.of(Namespaces.WSMAN, "OperationTimeout", OPERATION_TIMEOUT));
            if (!request.selectors().isEmpty()) {
                header.add(request.selectors().element());
            }
            header.addAll(request.extras());
        }
        return writer.write(
                Element.of(
                        Namespaces.SOAP,
                        "Envelope",
                        List.of(
                                Element.of(Namespaces.SOAP, "Header", header),
                                Element.of(
                                        Namespaces.SOAP,
                                        "Body",
                                        request.body().map(List::of).orElse(List.of())))));
    }

    /** What came, once it is known to be an envelope. */
    record Received(Element header, Element body) {
        Optional<Element> content() {
            return body.children().stream().findFirst();
        }

        Optional<String> relatesTo() {
            return header.text("RelatesTo");
        }
    }

    Received read(byte[] document) {
        Element root;
        try {
            root = reader.read(document);
        } catch (MalformedXmlException e) {
            throw protocol(String.valueOf(e.getMessage()));
        }
        Optional<Element> body = root.child("Body");
        if (!root.local().equals("Envelope")
                || !root.name().namespace().equals(Namespaces.SOAP)
                || body.isEmpty()) {
            throw protocol("it is no SOAP 1.2 envelope");
        }
        Element none = Element.of(Namespaces.SOAP, "Header", List.of());
        return new Received(root.child("Header").orElse(none), body.get());
    }

    static AmtException protocol(String detail) {
        return new AmtException(new AmtFailure.ProtocolError(detail));
    }
}
