package org.outpost.server.command;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** Finds a device by what a user calls it. */
final class DeviceLookup {
    private static final int NOT_FOUND = 404;

    private DeviceLookup() {}

    /**
     * The device.
     *
     * @param name GUID, full name or host name
     * @throws CommandFailedException when there is none, or more than one: then the candidates are
     *     in the server's own words
     */
    static JsonNode find(ApiClient client, String name) throws CommandFailedException {
        try {
            return client.get(ApiClient.path("devices", name), Map.of());
        } catch (ApiProblemException e) {
            if (e.status() == NOT_FOUND) {
                throw new CommandFailedException(
                        "no device is called '"
                                + TerminalText.visible(name)
                                + "'; see which there are with: outpost device list",
                        e);
            }
            throw e;
        }
    }
}
