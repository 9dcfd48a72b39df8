package org.outpost.amt.redirection.gateway;

import java.util.concurrent.atomic.LongAdder;

/** Bytes of a session after its sign-in. Counted by its loops, read by anybody. */
public final class GatewayTraffic {
    private final LongAdder toDevice = new LongAdder();
    private final LongAdder toConsole = new LongAdder();

    GatewayTraffic() {}

    /** Bytes that the console sent. */
    public long toDevice() {
        return toDevice.sum();
    }

    /** Bytes that the device sent. */
    public long toConsole() {
        return toConsole.sum();
    }

    void addToDevice(long bytes) {
        toDevice.add(bytes);
    }

    void addToConsole(long bytes) {
        toConsole.add(bytes);
    }
}
