package org.outpost.gateway.devicetraffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import javax.xml.stream.XMLStreamException;

class EventMessageTest {
    /** As events.md section 3.1 has it. */
    static final String EVENT =
            """
            <a:Envelope xmlns:a="http://www.w3.org/2003/05/soap-envelope"
             xmlns:b="http://schemas.xmlsoap.org/ws/2004/08/addressing"
             xmlns:c="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
             xmlns:g="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_AlertIndication">
             <a:Header><c:AckRequested/><b:MessageID>uuid:00000000-8086-8086-8086-000000128538\
            </b:MessageID></a:Header>
             <a:Body><g:CIM_AlertIndication><g:MessageID>iAMT0036</g:MessageID>
             </g:CIM_AlertIndication></a:Body></a:Envelope>
            """;

    private static EventMessage read(String xml) throws XMLStreamException {
        return EventMessage.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theHeadersSayWhetherAndHowToAcknowledge() throws Exception {
        EventMessage message = read(EVENT);
        assertThat(message.wantsAck()).isTrue();
        assertThat(message.id()).isEqualTo("uuid:00000000-8086-8086-8086-000000128538");
        assertThat(message.ack())
                .contains("http://schemas.dmtf.org/wbem/wsman/1/wsman/Ack")
                .contains("RelatesTo>uuid:00000000-8086-8086-8086-000000128538<");
    }

    @Test
    void whatTheBodySaysIsNoHeader() throws Exception {
        EventMessage message = read("<E><Body><AckRequested/><MessageID>x</MessageID></Body></E>");
        assertThat(message).isEqualTo(new EventMessage(null, false));
    }

    @Test
    void anIdentifierIsEscapedInTheAcknowledgement() throws Exception {
        EventMessage message = read(EVENT.replace("uuid:0", "&lt;evil/&gt;"));
        assertThat(message.ack()).contains("&lt;evil/").doesNotContain("<evil/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<a><b></a>",
                "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
                "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
            })
    void whatIsNotWellFormedOrHasADocumentTypeIsRefused(String xml) {
        assertThatThrownBy(() -> read(xml)).isInstanceOf(XMLStreamException.class);
    }

    @Test
    void whatIsNoUtf8IsRefusedBeforeTheParserPrintsIt() {
        assertThatThrownBy(() -> EventMessage.read(new byte[] {'<', 'a', '>', (byte) 0xFF}))
                .isInstanceOf(XMLStreamException.class)
                .hasMessageContaining("not in UTF-8");
    }

    @Test
    void aByteOrderMarkDoesNoHarm() throws XMLStreamException {
        assertThat(read("\ufeff" + EVENT)).isEqualTo(read(EVENT));
    }

    @Test
    void whatIsDeeperThanAnyEventIsRefused() {
        String deep = "<a>".repeat(100) + "</a>".repeat(100);
        assertThatThrownBy(() -> read(deep)).isInstanceOf(XMLStreamException.class);
    }

    /** Any bytes: an answer or the one exception. */
    @FuzzTest(maxDuration = "30s")
    void anyBytes(FuzzedDataProvider data) {
        try {
            assertThat(EventMessage.read(data.consumeRemainingAsBytes()).ack()).isNotEmpty();
        } catch (XMLStreamException e) {
            assertThat(e).hasMessageNotContaining("internal");
        }
    }
}
