package org.outpost.inventory.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class SoapReplyTest {
    private static Optional<Boolean> read(String xml) {
        return SoapReply.keepConnection(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theVerdictIsFoundByItsLocalName() {
        assertThat(read("<a><b:KeepConnection xmlns:b='x'>1</b:KeepConnection></a>"))
                .contains(true);
        assertThat(read("<a><KeepConnection>\n false </KeepConnection></a>")).contains(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<a/>",
                "<a><KeepConnection>maybe</KeepConnection></a>",
                "<a><KeepConnection/></a>",
                "<e:Envelope"
                    + " xmlns:e='x'><e:Body><e:Fault/><KeepConnection>false</KeepConnection></e:Body></e:Envelope>",
                "<!DOCTYPE a [<!ENTITY x 'false'>]><a><KeepConnection>&x;</KeepConnection></a>",
                "<!DOCTYPE a SYSTEM"
                        + " 'file:///etc/passwd'><a><KeepConnection>false</KeepConnection></a>",
                "<a><KeepConnection>fal",
                // The platform's parser throws a MissingResourceException over this one.
                "<!DOCTYPE a [",
            })
    void whatIsNoVerdictKeepsTheConnection(String xml) {
        assertThat(read(xml)).isEmpty();
    }

    @Test
    void depthIsBounded() {
        assertThat(read("<a>".repeat(100) + "<KeepConnection>false</KeepConnection>")).isEmpty();
    }
}
