package org.outpost.amt.operation.subscription;

import org.outpost.amt.wsman.Selectors;

/**
 * A subscription by WS-Eventing (wsman.md section 11.2).
 *
 * @param filter the InstanceID of the filter collection
 * @param destination where events go
 * @param acknowledged whether each event awaits an acknowledgement
 * @param listenerName the key of the listener in the device
 * @param keys by which the subscription is ended
 */
public record EventSubscription(
        String filter,
        String destination,
        boolean acknowledged,
        String listenerName,
        Selectors keys) {}
