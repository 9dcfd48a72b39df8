package org.outpost.server.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class SoapReaderTest {
    private static final String PULL =
            """
            <?xml version="1.0"?>
            <s:Envelope xmlns:s="%s"><s:Header><h:To xmlns:h="urn:x"><h:Deep/></h:To></s:Header>
            <s:Body><m:Pull xmlns:m="%s"><m:EnumerationContext> 4294967295 </m:EnumerationContext>
            <MaxElements>2</MaxElements></m:Pull></s:Body></s:Envelope>
            """;

    private final SoapReader reader = new SoapReader();

    private SoapRequest read(String envelope) throws SoapFaultException {
        return reader.read(envelope.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"urn:outpost:mps:enumeration:1", "urn:of-somebody-else"})
    void operationsAndFieldsAreKnownByTheirLocalNames(String namespace) throws SoapFaultException {
        for (SoapVersion version : SoapVersion.values()) {
            SoapRequest request = read(PULL.formatted(version.namespace(), namespace));

            assertThat(request.version()).isEqualTo(version);
            assertThat(request.operation()).isEqualTo("Pull");
            assertThat(request.namespace()).isEqualTo(namespace);
            assertThat(request.unsigned("EnumerationContext")).contains(4294967295L);
            assertThat(request.unsigned("MaxElements")).contains(2L);
            assertThat(request.unsigned("Missing")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "<Envelope/>",
                "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'/>",
                "<s:Envelope"
                    + " xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body/></s:Envelope>",
                "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><a>",
                "<!DOCTYPE a [<!ENTITY b 'c'>]><s:Envelope"
                    + " xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><a><d>&b;</d></a></s:Body></s:Envelope>",
                "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><s:Envelope"
                    + " xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><a/></s:Body></s:Envelope>"
            })
    void whatIsNoEnvelopeWithACallGetsAFault(String envelope) {
        assertThatThrownBy(() -> read(envelope))
                .isInstanceOfSatisfying(
                        SoapFaultException.class, fault -> assertThat(fault.isCallers()).isTrue());
    }

    @Test
    void depthIsBounded() {
        String deep =
                "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><Pull><a>"
                        + "<b>".repeat(10_000);

        assertThatThrownBy(() -> read(deep))
                .isInstanceOf(SoapFaultException.class)
                .hasMessageContaining("deep");
    }

    @Test
    void theNumberOfFieldsIsBounded() {
        String wide =
                "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><Pull>"
                        + "<a/>".repeat(1000)
                        + "</Pull></s:Body></s:Envelope>";

        assertThatThrownBy(() -> read(wide))
                .isInstanceOf(SoapFaultException.class)
                .hasMessageContaining("wide");
    }

    /** Whatever comes is read or gets a fault: nothing else comes out. */
    @Property(tries = 2000)
    void aSpoiledEnvelopeIsReadOrGetsAFault(
            @ForAll @IntRange(max = 330) int place, @ForAll byte spoiled) {
        byte[] envelope =
                PULL.formatted(SoapVersion.V1_2.namespace(), "urn:x")
                        .getBytes(StandardCharsets.UTF_8);
        envelope[place % envelope.length] = spoiled;
        try {
            assertThat(new SoapReader().read(envelope).operation()).isNotEmpty();
        } catch (SoapFaultException fault) {
            assertThat(fault.text()).isNotEmpty();
        }
    }
}
