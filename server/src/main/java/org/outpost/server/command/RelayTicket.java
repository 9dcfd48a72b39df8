package org.outpost.server.command;

import java.util.Map;

/** The one-time token with which a session with a device is opened at the relay. */
final class RelayTicket {
    private RelayTicket() {}

    /** Asks for one; it is good for half a minute. */
    static String of(ApiClient client, DeviceView device) throws CommandFailedException {
        return client.get(ApiClient.path("authorize", "redirection", device.guid()), Map.of())
                .path("token")
                .asString("");
    }
}
