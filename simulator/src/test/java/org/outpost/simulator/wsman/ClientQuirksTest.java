package org.outpost.simulator.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.support.TestDevice;
import org.outpost.simulator.support.WsmanClient;
import org.outpost.simulator.support.WsmanClient.Answer;

/** Envelopes as the clients write them (wsman.md §2.2, simulator.md §7). */
class ClientQuirksTest {
    /** MeshCommander: SOAP is the default namespace, the message ID a number. */
    private static final String MESH_COMMANDER =
            """
            <?xml version="1.0" encoding="utf-8"?><Envelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns="http://www.w3.org/2003/05/soap-envelope"><Header><a:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/Get</a:Action><a:To>/wsman</a:To><w:ResourceURI>http://intel.com/wbem/wscim/1/amt-schema/1/AMT_GeneralSettings</w:ResourceURI><a:MessageID>7</a:MessageID><a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo><w:OperationTimeout>PT60S</w:OperationTimeout></Header><Body /></Envelope>\
            """;

    /** wsmancli: full URL, uuid, long prefixes, MaxEnvelopeSize, mustUnderstand. */
    private static final String WSMANCLI =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">
              <s:Header>
                <wsa:Action s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/09/transfer/Get</wsa:Action>
                <wsa:To s:mustUnderstand="true">http://192.0.2.1:16992/wsman</wsa:To>
                <wsman:ResourceURI s:mustUnderstand="true">http://intel.com/wbem/wscim/1/amt-schema/1/AMT_GeneralSettings</wsman:ResourceURI>
                <wsa:MessageID s:mustUnderstand="true">uuid:7</wsa:MessageID>
                <wsa:ReplyTo><wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address></wsa:ReplyTo>
                <wsman:OperationTimeout>PT60.000S</wsman:OperationTimeout>
                <wsman:MaxEnvelopeSize s:mustUnderstand="true">153600</wsman:MaxEnvelopeSize>
                <wsman:Locale xml:lang="en-US" s:mustUnderstand="false"/>
              </s:Header>
              <s:Body/>
            </s:Envelope>\
            """;

    @ParameterizedTest
    @ValueSource(strings = {MESH_COMMANDER, WSMANCLI})
    void everyClientsEnvelopeIsRead(String envelope) {
        try (TestDevice device = new TestDevice(Generation.AMT_12_0, 1)) {
            Answer answer = new WsmanClient(device).send(envelope);

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.value("RelatesTo")).endsWith("7");
            assertThat(answer.value("HostName")).isEqualTo("pc-0001");
            assertThat(answer.text())
                    .contains(">http://schemas.xmlsoap.org/ws/2004/09/transfer/GetResponse<");
        }
    }

    @Test
    void namespacesMayBeDeclaredAnewOnEveryElement() {
        String body =
                "<AMT_GeneralSettings"
                    + " xmlns=\"http://intel.com/wbem/wscim/1/amt-schema/1/AMT_GeneralSettings\">"
                    + "<q:HostName"
                    + " xmlns:q=\"http://intel.com/wbem/wscim/1/amt-schema/1/AMT_GeneralSettings\">"
                    + "new-name</q:HostName></AMT_GeneralSettings>";
        try (TestDevice device = new TestDevice(Generation.AMT_12_0, 1)) {
            WsmanClient client = new WsmanClient(device);

            client.send(
                    MESH_COMMANDER
                            .replace("transfer/Get", "transfer/Put")
                            .replace("<Body />", "<Body>" + body + "</Body>"));

            assertThat(client.get("AMT_GeneralSettings").value("HostName")).isEqualTo("new-name");
        }
    }

    /** However an envelope is cut short or damaged, the answer is a fault or the right answer. */
    @Property
    void aDamagedEnvelopeIsAFault(
            @ForAll @IntRange(min = 0, max = 700) int at, @ForAll char letter) {
        String damaged =
                MESH_COMMANDER.substring(0, at) + letter + MESH_COMMANDER.substring(at + 1);
        try (TestDevice device = new TestDevice(Generation.AMT_12_0, 1)) {
            WsmanClient client = new WsmanClient(device);

            assertThat(client.send(damaged).status()).isIn(200, 400);
            assertThat(client.send(MESH_COMMANDER.substring(0, at)).status()).isEqualTo(400);
        }
    }
}
