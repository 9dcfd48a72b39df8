package org.outpost.gateway.route;

import java.util.UUID;

/**
 * What consoles may know and reach. A port: the doors ask, {@code access} answers. No method blocks
 * its caller, for they are called on event loops.
 */
public interface ConsoleRights {
    /** Everybody may reach everything. */
    ConsoleRights EVERYTHING =
            new ConsoleRights() {
                @Override
                public boolean sees(Console console, UUID device) {
                    return true;
                }

                @Override
                public boolean mayReach(Console console, UUID device, int port) {
                    return true;
                }
            };

    /** Whether the console may know that the device exists. */
    boolean sees(Console console, UUID device);

    /**
     * Whether the console may open a connection to that port of the device.
     *
     * @param port 1 to 65535
     */
    boolean mayReach(Console console, UUID device, int port);
}
