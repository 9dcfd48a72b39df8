package org.outpost.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.UnknownHostException;

class ServerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, localhost, 4433",
        "localhost:1, localhost, 1",
        "mps.example.test:65535, mps.example.test, 65535",
        "127.0.0.1:4433, 127.0.0.1, 4433",
        "[::1], ::1, 4433",
        "[::1]:99, ::1, 99"
    })
    void hostAndPortAreRead(String text, String host, int port) {
        assertThat(ServerAddress.parse(text)).isEqualTo(new ServerAddress(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":1",
                "host:",
                "host:0",
                "host:65536",
                "host:x",
                "::1",
                "[::1",
                "[::1]1",
                "[]:1"
            })
    void anythingElseIsToldToTheUser(String text) {
        assertThatThrownBy(() -> ServerAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    void loopbackNeedsNoWord(String host) throws UnknownHostException {
        assertThat(new ServerAddress(host, 1).resolve(false).getAddress().isLoopbackAddress())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "0.0.0.0", "2001:db8::1"})
    void anotherMachineNeedsTheUsersWord(String host) throws UnknownHostException {
        ServerAddress address = new ServerAddress(host, 1);

        assertThatThrownBy(() -> address.resolve(false)).hasMessageContaining("--yes-this-is-mine");
        assertThat(address.resolve(true).isUnresolved()).isFalse();
    }
}
