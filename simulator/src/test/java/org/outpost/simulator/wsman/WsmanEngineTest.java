package org.outpost.simulator.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.support.TestDevice;
import org.outpost.simulator.support.WsmanClient;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

class WsmanEngineTest {
    private static final String HEADERS =
            """
            <a:Action s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/09/transfer/Get</a:Action>
            <a:To>/wsman</a:To>
            <w:ResourceURI>http://intel.com/wbem/wscim/1/amt-schema/1/AMT_NoSuchClass</w:ResourceURI>
            <a:MessageID>17</a:MessageID>
            <a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>
            <w:OperationTimeout>PT60S</w:OperationTimeout>
            """;

    private final TestDevice device = new TestDevice(Generation.AMT_16_1, 1);
    private final WsmanClient engine = new WsmanClient(device);

    @AfterEach
    @AfterProperty
    void close() {
        device.close();
    }

    @Test
    void anUnknownClassIsSaidSoAsAmtDoes() {
        WsmanClient.Answer reply = engine.send(request(HEADERS, ""));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply))
                .contains("<a:Value>b:DestinationUnreachable</a:Value>")
                .contains(
                        "<e:FaultDetail>http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InvalidResourceURI</e:FaultDetail>")
                .contains("<b:RelatesTo>17</b:RelatesTo>")
                .contains(
                        "<b:Action"
                            + " a:mustUnderstand=\"true\">http://schemas.xmlsoap.org/ws/2004/08/addressing/fault</b:Action>")
                .contains("<b:MessageID>uuid:00000000-8086-8086-8086-000000000001</b:MessageID>");
        assertThat(text(engine.send(request(HEADERS, ""))))
                .contains("uuid:00000000-8086-8086-8086-000000000002");
    }

    @Test
    void messageIdsAreEchoedAsTextNotAsMarkup() {
        String headers = HEADERS.replace("17", "uuid:&lt;x&gt;&amp;");

        assertThat(text(engine.send(request(headers, ""))))
                .contains("<b:RelatesTo>uuid:&lt;x>&amp;</b:RelatesTo>");
    }

    @Test
    void withoutActionOrMessageIdThatIsTheFault() {
        assertThat(
                        text(
                                engine.send(
                                        request(
                                                HEADERS.replace("a:Action", "a:X")
                                                        .replace("=\"true\"", "=\"0\""),
                                                ""))))
                .contains("b:MessageInformationHeaderRequired");
        assertThat(
                        text(
                                engine.send(
                                        request(
                                                HEADERS.replace(
                                                        "<a:MessageID>17</a:MessageID>", ""),
                                                ""))))
                .contains("b:MessageInformationHeaderRequired");
    }

    @Test
    void envelopesThatMustBeSmallerThanFiftyThousandOctetsAreAFault() {
        String small = HEADERS + "<w:MaxEnvelopeSize>49999</w:MaxEnvelopeSize>";

        assertThat(text(engine.send(request(small, ""))))
                .contains("<a:Value>e:EncodingLimit</a:Value>")
                .contains("http://schemas.dmtf.org/wbem/wsman/1/wsman/fault<");
        assertThat(text(engine.send(request(small.replace("49999", "50000"), ""))))
                .contains("b:DestinationUnreachable");
    }

    @Test
    void optionsThatMustBeUnderstoodAreAFault() {
        String options =
                "<w:OptionSet s:mustUnderstand=\"true\"><w:Option Name=\"x\"/></w:OptionSet>";

        assertThat(text(engine.send(request(HEADERS + options, ""))))
                .contains("<a:Value>a:MustUnderstand</a:Value>");
        assertThat(text(engine.send(request(HEADERS + options.replace("true", "false"), ""))))
                .contains("b:DestinationUnreachable");
    }

    @Test
    void identifyIsKnownByItsNamespaceInAnyEncoding() {
        String identify =
                "<Envelope xmlns=\"http://www.w3.org/2003/05/soap-envelope\"><Body><Identify"
                    + " xmlns=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\"/>"
                    + "</Body></Envelope>";

        assertThat(engine.send(bytes(identify, StandardCharsets.UTF_8)).status()).isEqualTo(200);
        assertThat(engine.send(bytes(identify, StandardCharsets.UTF_16)).status()).isEqualTo(200);
        assertThat(
                        engine.send(
                                        bytes(
                                                identify.replace("identity/1", "identity/2"),
                                                StandardCharsets.UTF_8))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void anotherVersionOfSoapIsAFault() {
        assertThat(
                        text(
                                engine.send(
                                        bytes(
                                                "<Envelope"
                                                    + " xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"/>",
                                                StandardCharsets.UTF_8))))
                .contains("a:VersionMismatch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<a>",
                "<a/>",
                "<s:Envelope/>",
                "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'/>",
                "<s:Envelope"
                    + " xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body/><s:Body/></s:Envelope>",
                "<s:Envelope"
                    + " xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body/></s:Envelope><b/>",
                "<s:Envelope"
                    + " xmlns:s='http://www.w3.org/2003/05/soap-envelope'>x<s:Body/></s:Envelope>",
                "<!DOCTYPE a><s:Envelope"
                    + " xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body/></s:Envelope>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><s:Envelope"
                    + " xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body>&e;</s:Body></s:Envelope>",
                "<!DOCTYPE a [<!ENTITY e 'eeeeeeee'>]><a>&e;</a>"
            })
    void whatIsNoEnvelopeIsASchemaFault(String body) {
        WsmanClient.Answer reply = engine.send(bytes(body, StandardCharsets.UTF_8));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply)).contains("e:SchemaValidationError").doesNotContain("RelatesTo");
    }

    @Test
    void deepNestingManyCommentsAndManyElementsAreBounded() {
        assertThat(text(engine.send(request(HEADERS, "<x>".repeat(40) + "</x>".repeat(40)))))
                .contains("SchemaValidationError");
        assertThat(text(engine.send(request(HEADERS, "<x/>".repeat(15_000)))))
                .contains("DestinationUnreachable");
        assertThat(
                        engine.send(
                                        bytes(
                                                "<!---->".repeat(9_000)
                                                        + text(request(HEADERS, "")),
                                                StandardCharsets.UTF_8))
                                .status())
                .isEqualTo(400);
    }

    @Property
    void anyBytesAreAnsweredWithAFault(@ForAll byte[] body) {
        assertThat(engine.send(Unpooled.wrappedBuffer(body)).status()).isEqualTo(400);
    }

    private static ByteBuf request(String headers, String body) {
        return bytes(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
                 xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
                 xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">
                <s:Header>%s</s:Header><s:Body>%s</s:Body></s:Envelope>
                """
                        .formatted(headers, body),
                StandardCharsets.UTF_8);
    }

    private static ByteBuf bytes(String text, Charset charset) {
        return Unpooled.copiedBuffer(text, charset);
    }

    private static String text(ByteBuf bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String text(WsmanClient.Answer reply) {
        return reply.text();
    }
}
