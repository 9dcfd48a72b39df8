package org.outpost.gateway.devicetraffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class DestinationsTest {
    private final Destinations destinations =
            Destinations.of(
                    List.of("events", "MPS.example.com:8444", "192.0.2.7", "[2001:db8::7]:162"));

    @ParameterizedTest
    @CsvSource({
        "events, 1, true",
        "EVENTS., 65535, true",
        "mps.example.com, 8444, true",
        "mps.example.com, 8443, false",
        "192.0.2.7, 99, true",
        "192.0.2.8, 99, false",
        "2001:db8:0:0:0:0:0:7, 162, true",
        "[2001:db8::7], 162, true",
        "2001:db8::7, 163, false",
        "events.example.com, 1, false",
        "'', 1, false",
    })
    void hostAndPortDecide(String host, int port, boolean contained) {
        assertThat(destinations.contain(host, port)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "events:0", "events:65536", "events:x", "http://events"})
    void whatIsNoDestinationIsNamed(String text) {
        assertThatThrownBy(() -> Destinations.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining('"' + text + '"')
                .hasMessageContaining("mps.example.com:8444");
    }

    @Test
    void withoutEntriesNothingIsMeant() {
        assertThat(Destinations.of(List.of()).contain("events", 1)).isFalse();
    }
}
