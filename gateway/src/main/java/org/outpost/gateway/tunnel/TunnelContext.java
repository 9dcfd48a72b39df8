package org.outpost.gateway.tunnel;

import org.outpost.gateway.admission.AddressLimits;
import org.outpost.gateway.admission.FailureDelays;
import org.outpost.gateway.admission.HandshakeSlots;
import org.outpost.gateway.authentication.AuthenticationService;

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
        TunnelMetrics metrics,
        OnceAMinute notices) {}
