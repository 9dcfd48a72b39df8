package org.outpost.inventory.notification.delivery;

import java.net.URI;

/**
 * What all subscribers share.
 *
 * @param source names this server in CloudEvents
 * @param addresses of the doors for consoles, told to those with {@code mps-soap}
 * @param parallel requests at once to one subscriber that takes single events, 1 or more
 * @param window events at once that are read for one subscriber and not acknowledged
 * @param batch events in one request at most, 1 to 100
 * @param patience with an event that fails while others get through
 */
public record DeliverySettings(
        URI source,
        MpsAddresses addresses,
        int parallel,
        int window,
        int batch,
        Patience patience) {
    /** With 16 requests at once, 256 events under way, batches of 100. */
    public static DeliverySettings usual(URI source, MpsAddresses addresses) {
        return new DeliverySettings(source, addresses, 16, 256, 100, Patience.USUAL);
    }
}
