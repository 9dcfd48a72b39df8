package org.outpost.simulator.firmware;

/** The tunnel to the server, as the rest of the firmware sees it. */
public interface RemoteTunnel {
    /** Of a device that never calls in. */
    RemoteTunnel NONE =
            new RemoteTunnel() {
                @Override
                public boolean isConnected() {
                    return false;
                }

                @Override
                public void close() {}
            };

    /** Whether it is open and the device signed in. */
    boolean isConnected();

    /** Ends it; the device calls again by itself after a while. */
    void close();
}
