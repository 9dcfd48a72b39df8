package org.outpost.server.web.amt;

import org.outpost.amt.traffic.TrafficOfficer;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** AMT of all devices, however they are reached. */
public interface AmtDevices {
    /** Whether a device can be asked something. */
    enum Reach {
        /** A tunnel or the LAN leads to it. */
        REACHABLE,
        /** It is known, but nothing leads to it now. */
        OFFLINE,
        /** Nobody knows it. */
        UNKNOWN
    }

    /** Whether a device can be asked now; completes exceptionally when that cannot be found out. */
    CompletionStage<Reach> reach(UUID device);

    /** Who lets calls pass to a device, one at a time. */
    TrafficOfficer officer(UUID device);

    /** The same, if there is one: for what is last known. */
    Optional<TrafficOfficer> present(UUID device);

    /** Begins anew with a device: its login or its certificate is another. */
    void startAnew(UUID device);

    /** How long one call may take. */
    Duration timeout();
}
