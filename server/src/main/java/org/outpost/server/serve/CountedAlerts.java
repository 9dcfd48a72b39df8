package org.outpost.server.serve;

import io.micrometer.core.instrument.MeterRegistry;

import org.outpost.gateway.devicetraffic.DeviceAlert;
import org.outpost.gateway.devicetraffic.DeviceAlerts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes alerts to the log, whole, as long as there is no log of events to put them into. */
final class CountedAlerts implements DeviceAlerts {
    private static final Logger log = LoggerFactory.getLogger(CountedAlerts.class);

    private final MeterRegistry meters;

    CountedAlerts(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public CompletionStage<Void> received(DeviceAlert alert) {
        String kind =
                switch (alert) {
                    case DeviceAlert.Event _ -> "event";
                    case DeviceAlert.Trap _ -> "trap";
                };
        meters.counter("outpost.device.alerts", "kind", kind).increment();
        log.atInfo()
                .addKeyValue("kind", kind)
                .addKeyValue("device", alert.source().device())
                .addKeyValue("name", alert.source().name())
                .addKeyValue("tunnel", alert.source().tunnel())
                .addKeyValue("raw", Base64.getEncoder().encodeToString(alert.raw().bytes()))
                .log("alert of a device");
        return CompletableFuture.completedFuture(null);
    }
}
