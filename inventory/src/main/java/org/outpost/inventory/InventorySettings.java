package org.outpost.inventory;

import java.time.Duration;

/**
 * What an operator decides about the register.
 *
 * @param admitUnknown whether a device with good credentials that is not yet known is recorded
 *     (protocol/README 1); if not, it is refused
 * @param devicesPerCredential how many devices one credential may record, 1 or more
 * @param flushInterval how often signs of life are written
 * @param deadline how long an admission waits for the database before it is decided without
 */
public record InventorySettings(
        boolean admitUnknown,
        int devicesPerCredential,
        Duration flushInterval,
        Duration deadline) {}
