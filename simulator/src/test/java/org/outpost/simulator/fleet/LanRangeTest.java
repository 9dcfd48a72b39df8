package org.outpost.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanRangeTest {
    @Test
    void eachDeviceHasTheNextAddress() {
        LanRange range = LanRange.parse("127.1.0.254", 4);

        assertThat(range.address(0).getHostAddress()).isEqualTo("127.1.0.254");
        assertThat(range.address(3).getHostAddress()).isEqualTo("127.1.1.1");
        assertThat(range.isLoopback()).isTrue();
        assertThat(LanRange.parse("192.0.2.1", 1).isLoopback()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 1, an IPv4 address such as 127.1.0.1",
        "::1, 1, an IPv4 address such as 127.1.0.1",
        "127.1, 1, an IPv4 address such as 127.1.0.1",
        "127.255.255.250, 10, 10 devices do not fit"
    })
    void whatIsWrongIsSaid(String address, int count, String message) {
        assertThatThrownBy(() -> LanRange.parse(address, count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
