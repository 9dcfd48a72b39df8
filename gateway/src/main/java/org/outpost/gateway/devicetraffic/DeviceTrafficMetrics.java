package org.outpost.gateway.devicetraffic;

import io.micrometer.core.instrument.MeterRegistry;

/** What is counted of devices' channels and datagrams. */
final class DeviceTrafficMetrics {
    private final MeterRegistry meters;

    DeviceTrafficMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * A channel that a device asked for: {@code events}, {@code forwarded}, or why it was refused.
     */
    void channel(String outcome) {
        meters.counter("outpost.device.channels", "outcome", outcome).increment();
    }

    /** A datagram that a device asked to send: where it went, or why it was dropped. */
    void datagram(String outcome) {
        meters.counter("outpost.device.datagrams", "outcome", outcome).increment();
    }

    /** A post to the listener for events. */
    void post(int status) {
        meters.counter("outpost.device.event.posts", "status", Integer.toString(status))
                .increment();
    }
}
