package org.outpost.inventory.notification.delivery;

import org.outpost.inventory.notification.Event;
import org.outpost.inventory.notification.EventData;
import org.outpost.inventory.notification.EventType;
import org.outpost.inventory.notification.delivery.Format.MpsSoap;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The notification that Intel's MPS sends to consoles (mps-soap.md §3.1, §8.4). */
final class SoapNotification {
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

    private final MpsSoap format;
    private final MpsAddresses addresses;

    SoapNotification(MpsSoap format, MpsAddresses addresses) {
        this.format = format;
        this.addresses = addresses;
    }

    /** The request for an event of a device that came or went. */
    Message message(Event event, EventData.Presence device) {
        byte[] body = envelope(event, device).getBytes(StandardCharsets.UTF_8);
        return switch (format.version()) {
            case SOAP_1_1 ->
                    new Message(
                            "text/xml; charset=utf-8",
                            Map.of("SOAPAction", '"' + format.soapAction() + '"'),
                            body);
            case SOAP_1_2 ->
                    new Message(
                            "application/soap+xml; charset=utf-8; action=\""
                                    + format.soapAction()
                                    + '"',
                            body);
        };
    }

    private String envelope(Event event, EventData.Presence device) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = WRITERS.createXMLStreamWriter(text);
            String soap = format.version().namespace();
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("soap", "Envelope", soap);
            xml.writeNamespace("soap", soap);
            xml.writeStartElement("soap", "Body", soap);
            xml.writeStartElement("n", format.wrapper(), format.namespace());
            xml.writeNamespace("n", format.namespace());
            fields(xml, event, device);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("text cannot be written to memory", e);
        }
        return text.toString();
    }

    /** In the order of the guide; consoles made with gSOAP may insist on it. */
    private void fields(XMLStreamWriter xml, Event event, EventData.Presence device)
            throws XMLStreamException {
        field(xml, "State", state(event.type()));
        field(xml, "DeviceFqdn", device.name());
        for (int port : ports(device.ports())) {
            field(xml, "DevicePort", Integer.toString(port));
        }
        field(xml, "DeviceUuid", device.uuid().toString());
        field(xml, "MpsAddress", addresses.address());
        if (addresses.httpPort() > 0) {
            field(xml, "MpsHttpAddress", addresses.address());
        }
        field(xml, "MpsHttpPort", Integer.toString(addresses.httpPort()));
        field(xml, "MpsSocksPort", Integer.toString(addresses.socksPort()));
        field(xml, "WantReply", Boolean.toString(format.wantReply()));
    }

    private String state(EventType type) {
        boolean connected = type == EventType.CONNECTED;
        if (format.numericState()) {
            return connected ? "0" : "1";
        }
        return connected ? "CONNECTED" : "DISCONNECTED";
    }

    /** At most two: the web port, then the redirection port, those with TLS rather than plain. */
    static List<Integer> ports(List<Integer> announced) {
        List<Integer> known =
                Stream.of(List.of(16993, 16992), List.of(16995, 16994))
                        .flatMap(pair -> pair.stream().filter(announced::contains).limit(1))
                        .toList();
        return known.isEmpty() ? announced.stream().limit(2).toList() : known;
    }

    private void field(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeStartElement("n", name, format.namespace());
        xml.writeCharacters(XmlText.clean(value));
        xml.writeEndElement();
    }
}
