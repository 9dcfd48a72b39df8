package org.outpost.gateway.devicetraffic;

import java.util.concurrent.CompletionStage;

/** Takes what devices report. Called on event loops: must not block, and bounds its own queue. */
@FunctionalInterface
public interface DeviceAlerts {
    /**
     * Takes an alert.
     *
     * @return completes, on any thread, when the alert will not be lost any more; exceptionally
     *     when it could not be kept
     */
    CompletionStage<Void> received(DeviceAlert alert);
}
