package org.outpost.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;

class DemoPortsTest {
    @Test
    void takesTheUsualPorts() {
        assertThat(DemoPorts.free(_ -> true))
                .isEqualTo(new DemoPorts(4433, 8080, 1080, 8443, 9090));
    }

    @Test
    void takesOthersThatCanBeToldApartForThoseThatAreTaken() {
        Set<Integer> taken = Set.of(8080, 18080, 1080);

        assertThat(DemoPorts.free(port -> !taken.contains(port)))
                .isEqualTo(new DemoPorts(4433, 28080, 11080, 8443, 9090));
    }

    @Test
    void neverTakesOnePortTwice() {
        DemoPorts ports = DemoPorts.free(port -> port > 60_000 && port < 61_000);

        assertThat(
                        Set.of(
                                ports.tunnel(),
                                ports.httpProxy(),
                                ports.socks(),
                                ports.web(),
                                ports.management()))
                .hasSize(5);
    }

    @Test
    void seesAPortThatAnotherProgramHas() throws Exception {
        DemoPorts before = DemoPorts.free();
        try (ServerSocket _ =
                new ServerSocket(before.web(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(DemoPorts.free().web()).isNotEqualTo(before.web());
        }
    }
}
