package org.outpost.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.fleet.FleetRig.patiently;

import io.netty.handler.codec.http.HttpMethod;

import org.junit.jupiter.api.Test;
import org.outpost.simulator.amt.DigestClient;
import org.outpost.simulator.cim.CimNames;
import org.outpost.simulator.support.HttpConnection;
import org.outpost.simulator.support.TestConsole;
import org.outpost.simulator.support.TestTunnel;

import java.net.Socket;

/** What a device remembers is the same on every way to it. */
class StateTest {
    private static final int HTTP = 16992;
    private static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
    private static final String SETTINGS = "AMT_GeneralSettings";

    private final DigestClient client = new DigestClient("admin", FleetRig.AMT_PASSWORD);

    @Test
    void whatIsPutThroughATunnelIsReadOnTheLanAndThroughTheNextTunnel() throws Exception {
        try (FleetRig rig = FleetRig.of(1).build()) {
            rig.fleet().listen(LanRange.parse("127.77.5.1", 1));
            rig.fleet().start();
            rig.awaitConnected();
            TestTunnel first = rig.tunnel(rig.profiles().getFirst());
            String put =
                    envelope(
                            TRANSFER + "Put",
                            SETTINGS,
                            "<r:AMT_GeneralSettings xmlns:r=\""
                                    + CimNames.uri(SETTINGS)
                                    + "\"><r:HostName>moved</r:HostName></r:AMT_GeneralSettings>");
            assertThat(ask(first, put).status()).isEqualTo(200);
            String get = envelope(TRANSFER + "Get", SETTINGS, "");

            try (HttpConnection lan = new HttpConnection(new Socket("127.77.5.1", HTTP))) {
                String challenge =
                        lan.request("POST", "/wsman", "", get).header("WWW-Authenticate");
                String answer = client.answer(challenge, "POST", "/wsman");
                assertThat(
                                lan.request(
                                                "POST",
                                                "/wsman",
                                                "Authorization: " + answer + "\r\n",
                                                get)
                                        .body())
                        .contains(">moved<");
            }
            first.channel().close().syncUninterruptibly();
            patiently().until(() -> rig.server().tunnels().size() == 2);
            rig.awaitConnected();
            assertThat(ask(rig.tunnel(rig.profiles().getFirst()), get).body()).contains(">moved<");
        }
    }

    @Test
    void aDeviceThatIsUnprovisionedAnswersLeavesAndNeverReturns() throws Exception {
        String service = "AMT_SetupAndConfigurationService";
        String unprovision =
                envelope(
                        CimNames.uri(service) + "/Unprovision",
                        service,
                        "<r:Unprovision_INPUT xmlns:r=\""
                                + CimNames.uri(service)
                                + "\"><r:ProvisioningMode>1</r:ProvisioningMode>"
                                + "</r:Unprovision_INPUT>");
        try (FleetRig rig = FleetRig.of(1).build()) {
            rig.fleet().listen(LanRange.parse("127.77.6.1", 1));
            rig.fleet().start();
            rig.awaitConnected();
            TestTunnel tunnel = rig.tunnel(rig.profiles().getFirst());

            assertThat(ask(tunnel, unprovision).body()).contains("ReturnValue>0<");

            patiently().until(() -> tunnel.disconnectReason() == 11);
            patiently().until(() -> rig.fleet().snapshot().connected() == 0);
            try (Socket lan = new Socket("127.77.6.1", HTTP)) {
                assertThat(lan.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    private HttpConnection.Response ask(TestTunnel tunnel, String body) throws Exception {
        try (TestConsole console = new TestConsole(tunnel, HTTP, false)) {
            String challenge =
                    console.request(HttpMethod.POST, "/wsman", "", body).header("WWW-Authenticate");
            return console.request(
                    HttpMethod.POST, "/wsman", client.answer(challenge, "POST", "/wsman"), body);
        }
    }

    private static String envelope(String action, String className, String body) {
        return """
        <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
         xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
         xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">
        <s:Header><a:Action>%s</a:Action><a:To>/wsman</a:To><a:MessageID>1</a:MessageID>
        <w:ResourceURI>%s</w:ResourceURI></s:Header><s:Body>%s</s:Body></s:Envelope>
        """
                .formatted(action, CimNames.uri(className), body);
    }
}
