package org.outpost.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class AddressLimitsTest {
    private final AtomicLong nanos = new AtomicLong();

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void zeroMeansNoLimit() throws Exception {
        AddressLimits limits = new AddressLimits(0, 0);

        for (int i = 0; i < 10_000; i++) {
            assertThat(limits.opened(address("192.0.2.1"))).isTrue();
        }
    }

    @Test
    void aBurstBeyondTheRateIsRefusedUntilTheSecondIsOver() throws Exception {
        AddressLimits limits = new AddressLimits(3, 0, nanos::get);

        for (int i = 0; i < 3; i++) {
            assertThat(limits.opened(address("192.0.2.1"))).isTrue();
        }
        assertThat(limits.opened(address("192.0.2.1"))).isFalse();
        assertThat(limits.opened(address("192.0.2.2"))).isTrue();

        nanos.addAndGet(Duration.ofMillis(1001).toNanos());
        assertThat(limits.opened(address("192.0.2.1"))).isTrue();
    }

    @Test
    void anIpv6HouseholdCountsAsOneAddress() throws Exception {
        AddressLimits limits = new AddressLimits(1, 0, nanos::get);

        assertThat(limits.opened(address("2001:db8:0:1::1"))).isTrue();
        assertThat(limits.opened(address("2001:db8:0:1:ffff::2"))).isFalse();
        assertThat(limits.opened(address("2001:db8:0:2::1"))).isTrue();
    }

    @Test
    void openConnectionsOfAnAddressAreCountedAndGivenBack() throws Exception {
        AddressLimits limits = new AddressLimits(0, 2);

        assertThat(limits.opened(address("192.0.2.1"))).isTrue();
        assertThat(limits.opened(address("192.0.2.1"))).isTrue();
        assertThat(limits.opened(address("192.0.2.1"))).isFalse();
        limits.closed(address("192.0.2.1"));
        assertThat(limits.opened(address("192.0.2.1"))).isTrue();
    }
}
