package org.outpost.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.util.UUID;

class FailureDelaysTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final FailureDelays delays = new FailureDelays();
    private final UUID device = UUID.randomUUID();

    @Test
    void eachFailureDoublesTheDelayUpToEightSeconds() {
        Duration[] expected = {
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(8)
        };
        for (Duration delay : expected) {
            assertThat(delays.failed(HERE, device)).isEqualTo(delay);
        }
    }

    @Test
    void otherDevicesBehindTheSameAddressAreNotAffected() {
        delays.failed(HERE, device);
        delays.failed(HERE, device);

        assertThat(delays.failed(HERE, UUID.randomUUID())).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void successForgets() {
        delays.failed(HERE, device);
        delays.succeeded(HERE, device);

        assertThat(delays.failed(HERE, device)).isEqualTo(Duration.ofMillis(250));
    }
}
