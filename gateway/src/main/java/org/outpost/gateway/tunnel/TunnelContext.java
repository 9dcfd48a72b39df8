package org.outpost.gateway.tunnel;

import org.outpost.gateway.admission.AddressLimits;
import org.outpost.gateway.admission.FailureDelays;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.attempt.AttemptListener;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.devicetraffic.DeviceTraffic;

/** What all connections to the tunnel door share. */
record TunnelContext(
        TunnelSettings settings,
        AuthenticationService authentication,
        DeviceRegister register,
        TunnelRegistry registry,
        Swaps swaps,
        FailureDelays failures,
        AddressLimits addresses,
        HandshakeSlots handshakes,
        DeviceTraffic traffic,
        TunnelMetrics metrics,
        OnceAMinute notices,
        AttemptListener attempts,
        PresenceFeed presence) {}
