package org.outpost.simulator.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.support.TestDevice;
import org.outpost.simulator.support.WsmanClient;
import org.outpost.simulator.support.WsmanClient.Answer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class EnumerationTest {
    private static final String NAME = "CIM_SoftwareIdentity";
    private static final String ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/";

    private final TestDevice device = new TestDevice(Generation.AMT_12_0, 1);
    private final WsmanClient client = new WsmanClient(device);

    @AfterEach
    void close() {
        device.close();
    }

    @Test
    void pullsOfThreeGiveEverythingOnceAndInOrder() {
        List<String> all = client.enumerate(NAME).values("InstanceID");
        List<String> pulled = new ArrayList<>();
        String context = begin();
        while (!context.isEmpty()) {
            Answer page = client.pull(NAME, context, 3);
            pulled.addAll(page.values("InstanceID"));
            context = page.value("EnumerationContext");
            assertThat(page.text().contains("EndOfSequence")).isEqualTo(context.isEmpty());
        }

        assertThat(pulled).isEqualTo(all).hasSize(11);
    }

    @Test
    void withoutMaxElementsAPullGivesOne() {
        Answer page =
                client.ask(
                        ENUMERATION + "Pull",
                        NAME,
                        "<n:Pull xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">"
                                + "<n:EnumerationContext>"
                                + begin()
                                + "</n:EnumerationContext></n:Pull>");

        assertThat(page.items()).hasSize(1);
    }

    @Test
    void aContextIsGoodForOnePullOfItsClassWithinHalfAMinute() {
        String used = begin();
        client.pull(NAME, used, 1);
        String other = begin();
        String old = begin();

        assertThat(client.pull(NAME, used, 1).fault()).isEqualTo("InvalidEnumerationContext");
        assertThat(client.pull("CIM_Chip", other, 1).fault())
                .isEqualTo("InvalidEnumerationContext");
        assertThat(client.pull(NAME, "nonsense", 1).fault()).isEqualTo("InvalidEnumerationContext");
        device.pass(Duration.ofSeconds(31));
        assertThat(client.pull(NAME, old, 1).fault()).isEqualTo("InvalidEnumerationContext");
    }

    @Test
    void contextsRunOutAndComeBackByReleaseAndByTime() {
        String first = begin();
        for (int i = 1; i < EnumerationContexts.MOST; i++) {
            begin();
        }
        assertThat(begun().fault()).isEqualTo("QuotaLimit");

        assertThat(release(first).status()).isEqualTo(200);
        assertThat(release(first).fault()).isEqualTo("InvalidEnumerationContext");
        assertThat(begun().status()).isEqualTo(200);
        assertThat(begun().fault()).isEqualTo("QuotaLimit");
        device.pass(Duration.ofSeconds(31));
        assertThat(begun().status()).isEqualTo(200);
    }

    @Test
    void contextsLookAsAmtWritesThem() {
        assertThat(begin()).isEqualTo("01000000-0000-0000-0000-000000000000");
    }

    @Test
    void filtersOfWsmancliAreUnderstoodOrRefused() {
        String selector =
                "<w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter\">"
                        + "<w:SelectorSet><w:Selector Name=\"InstanceID\">AMT</w:Selector>"
                        + "</w:SelectorSet></w:Filter>";
        Answer begun = enumerate(selector);

        assertThat(client.pull(NAME, begun.value("EnumerationContext"), 99).values("InstanceID"))
                .containsExactly("AMT");
        assertThat(enumerate("<w:Filter Dialect=\"urn:sql\">select *</w:Filter>").fault())
                .isEqualTo("FilterDialectRequestedUnavailable");
        assertThat(enumerate("<w:EnumerationMode>Enumerate</w:EnumerationMode>").fault())
                .isEqualTo("UnsupportedFeature");
    }

    @Test
    void anAssociationIsFoundByTheObjectItLeadsTo() {
        String filter =
                "<w:Filter"
                    + " Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter\">"
                    + "<b:AssociationInstances"
                    + " xmlns:b=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd\"><b:Object>"
                        + WsmanClient.endpoint("CIM_ComputerSystem", "Name", "Intel(r) AMT")
                        + "</b:Object></b:AssociationInstances></w:Filter>";
        Answer begun =
                client.ask(
                        ENUMERATION + "Enumerate", "CIM_ElementSettingData", enumerateBody(filter));

        assertThat(
                        client.pull("CIM_ElementSettingData", begun.value("EnumerationContext"), 99)
                                .items())
                .hasSize(1);
    }

    private Answer release(String context) {
        return client.ask(
                ENUMERATION + "Release",
                NAME,
                "<n:Release xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">"
                        + "<n:EnumerationContext>"
                        + context
                        + "</n:EnumerationContext></n:Release>");
    }

    private String begin() {
        return begun().value("EnumerationContext");
    }

    private Answer begun() {
        return enumerate("");
    }

    private Answer enumerate(String content) {
        return client.ask(ENUMERATION + "Enumerate", NAME, enumerateBody(content));
    }

    private static String enumerateBody(String content) {
        return "<n:Enumerate xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">"
                + content
                + "</n:Enumerate>";
    }
}
