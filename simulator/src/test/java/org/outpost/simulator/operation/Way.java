package org.outpost.simulator.operation;

import org.outpost.amt.connection.TransportChoice;

/** How a device is reached. */
enum Way {
    TUNNEL(true, TransportChoice.PLAIN),
    TUNNEL_TLS(true, TransportChoice.TLS),
    LAN(false, TransportChoice.PLAIN),
    LAN_TLS(false, TransportChoice.TLS);

    private final boolean tunnel;
    private final TransportChoice transport;

    Way(boolean tunnel, TransportChoice transport) {
        this.tunnel = tunnel;
        this.transport = transport;
    }

    /** Whether through the device's tunnel; else to its own address. */
    boolean tunnel() {
        return tunnel;
    }

    TransportChoice transport() {
        return transport;
    }
}
