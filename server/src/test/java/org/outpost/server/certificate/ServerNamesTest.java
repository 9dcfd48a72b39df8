package org.outpost.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.List;

final class ServerNamesTest {
    @Test
    void loopbackIsAlwaysAmongThem() throws Exception {
        ServerNames names = ServerNames.of("mps.example.com", List.of());

        assertThat(names.commonName()).isEqualTo("mps.example.com");
        assertThat(names.dnsNames()).containsExactlyInAnyOrder("mps.example.com", "localhost");
        assertThat(names.addresses())
                .containsExactlyInAnyOrder(
                        InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
    }

    @Test
    void addressesAndNamesAreToldApart() throws Exception {
        ServerNames names =
                ServerNames.of("10.1.2.3", List.of("fd00::7", "*.example.com", " mps ", "mps"));

        assertThat(names.commonName()).isEqualTo("10.1.2.3");
        assertThat(names.dnsNames()).containsExactlyInAnyOrder("*.example.com", "mps", "localhost");
        assertThat(names.addresses())
                .contains(InetAddress.ofLiteral("10.1.2.3"), InetAddress.ofLiteral("fd00::7"));
    }

    @Test
    void namesAreWrittenAsCertificatesHaveThem() throws Exception {
        assertThat(ServerNames.of("MPS.Example.COM.", List.of()).commonName())
                .isEqualTo("mps.example.com");
        assertThat(ServerNames.of("büro.example", List.of()).commonName())
                .isEqualTo("xn--bro-hoa.example");
    }

    @Test
    void withoutANameItIsThatOfTheMachine() throws Exception {
        ServerNames names = ServerNames.of(null, List.of());

        assertThat(names.commonName()).isNotBlank().hasSizeLessThanOrEqualTo(64);
        assertThat(names).isEqualTo(ServerNames.of(names.commonName(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "two words",
                "https://mps.example",
                "mps.example:4433",
                "-mps",
                "a..b",
                "mps.*.example",
                "10.1.2.3/24",
                "line\nend"
            })
    void whatIsNeitherIsAnError(String written) {
        assertThatThrownBy(() -> ServerNames.of("mps", List.of(written)))
                .isInstanceOf(IdentityException.class)
                .hasMessage(
                        "'%s' is neither a host name nor an address, so no certificate can be made"
                                + " out to it",
                        written);
    }

    @Test
    void aNameThatACommonNameCannotHoldIsAnError() throws Exception {
        String longName = "a".repeat(40) + "." + "b".repeat(40);

        assertThatThrownBy(() -> ServerNames.of(longName, List.of()))
                .isInstanceOf(IdentityException.class)
                .hasMessage(
                        "the server's name '%s' is longer than the 64 characters that the common"
                                + " name of a certificate can hold: choose a shorter one",
                        longName);
        assertThat(ServerNames.of("mps", List.of(longName)).dnsNames()).contains(longName);
    }
}
